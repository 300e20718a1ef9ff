import { INVALID, key, type Probe, put, query, S } from './ask.ts'

/** What a query may ask for. */
export const QUERIES: Probe[] = [
  { asks: 'a page of no items', ask: (client) => query(client, { Limit: 0 }), aws: INVALID },
  {
    asks: 'a page that begins outside of what is asked for',
    ask: (client) => query(client, { ExclusiveStartKey: key('other#1') }),
    aws: INVALID,
    differs: { dynoxide: 'answered' },
  },
  {
    asks: 'a page after an item that is not there',
    ask: async (client) => {
      for (const n of [1, 2, 3]) await put(client, `page#${n}`)
      const { Items } = await query(client, { ExclusiveStartKey: key('page#15') })
      return Items?.map(({ sk }) => sk?.S)
    },
    aws: ['page#2', 'page#3'],
  },
  {
    asks: 'what follows a page that was just full',
    ask: async (client) => {
      for (const n of [1, 2, 3]) await put(client, `page#${n}`)
      const { LastEvaluatedKey } = await query(client, { Limit: 3 })
      return LastEvaluatedKey?.sk?.S
    },
    aws: 'page#3',
  },
  {
    asks: 'an index with a strongly consistent read',
    ask: (client) =>
      query(client, {
        IndexName: 'lists',
        ConsistentRead: true,
        KeyConditionExpression: '#l = :l',
        ExpressionAttributeNames: { '#l': 'list' },
        ExpressionAttributeValues: { ':l': S('x') },
      }),
    aws: INVALID,
  },
]
