import { GetItemCommand } from '@aws-sdk/client-dynamodb'
import { get, INVALID, key, N, type Probe, put, S, set, TableName, update } from './ask.ts'

/** What an item and its key may be. */
export const VALUES: Probe[] = [
  {
    asks: 'an empty text',
    ask: async (client) => {
      await put(client, 'empty', { a: S('') })
      return (await get(client, 'empty'))?.a
    },
    aws: S(''),
  },
  { asks: 'an empty set', ask: (client) => put(client, 'x', { a: { SS: [] } }), aws: INVALID },
  {
    asks: 'a set with a member twice',
    ask: (client) => put(client, 'x', { a: { SS: ['a', 'a'] } }),
    aws: INVALID,
  },
  { asks: 'an empty key', ask: (client) => put(client, ''), aws: INVALID },
  {
    asks: 'an empty key of an index',
    ask: (client) => put(client, 'x', { list: S('') }),
    aws: INVALID,
  },
  {
    asks: 'a number as key of an index of texts',
    ask: (client) => put(client, 'x', { list: N(1) }),
    aws: INVALID,
  },
  {
    asks: 'a sort key of 1,025 bytes',
    ask: (client) => put(client, 'x'.repeat(1025)),
    aws: INVALID,
  },
  {
    asks: 'a key without its second half',
    ask: (client) => client.send(new GetItemCommand({ TableName, Key: { pk: S('probe') } })),
    aws: INVALID,
  },
  {
    asks: 'an item over 400 KB',
    ask: (client) => put(client, 'x', { a: S('x'.repeat(410 * 1024)) }),
    aws: INVALID,
  },
  {
    asks: 'a number of 38 digits',
    ask: async (client) => {
      await put(client, 'number', { a: N('12345678901234567890123456789012345678') })
      return (await get(client, 'number'))?.a
    },
    aws: N('12345678901234567890123456789012345678'),
  },
  {
    asks: 'a number of 39 digits',
    ask: (client) => put(client, 'x', { a: N('123456789012345678901234567890123456789') }),
    aws: INVALID,
  },
  {
    asks: 'fractions added up',
    ask: async (client) => {
      await put(client, 'sum', { a: N('0.1') })
      await update(client, 'sum', set(N('0.2'), 'ADD a :v'))
      return (await get(client, 'sum'))?.a
    },
    aws: N('0.3'),
  },
  {
    asks: 'a table that is not there',
    ask: (client) => client.send(new GetItemCommand({ TableName: 'None', Key: key('x') })),
    aws: 'ResourceNotFoundException',
  },
]
