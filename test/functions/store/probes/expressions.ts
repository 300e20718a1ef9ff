import {
  FAILED,
  get,
  INVALID,
  key,
  N,
  type Probe,
  put,
  S,
  set,
  TableName,
  transact,
  update,
} from './ask.ts'

/** What an update's or a condition's expression may say. */
export const EXPRESSIONS: Probe[] = [
  {
    asks: 'an update expression that is empty',
    ask: (client) => update(client, 'x', { UpdateExpression: '' }),
    aws: INVALID,
  },
  {
    asks: 'an update in a transaction whose expression is empty',
    ask: (client) =>
      transact(client, [{ Update: { TableName, Key: key('x'), UpdateExpression: '' } }]),
    aws: INVALID,
    differs: { dynoxide: 'answered' },
  },
  {
    asks: 'a name that is given and not used',
    ask: (client) =>
      update(client, 'x', { ...set(S('1')), ExpressionAttributeNames: { '#b': 'b' } }),
    aws: INVALID,
  },
  {
    asks: 'a value that is given and not used',
    ask: (client) =>
      update(client, 'x', {
        UpdateExpression: 'REMOVE a',
        ExpressionAttributeValues: { ':v': S('1') },
      }),
    aws: INVALID,
  },
  {
    asks: 'a name that is used and not given',
    ask: (client) => update(client, 'x', set(S('1'), 'SET #a = :v')),
    aws: INVALID,
  },
  {
    asks: 'a reserved word without a placeholder',
    ask: (client) => update(client, 'x', set(S('1'), 'SET status = :v')),
    aws: INVALID,
  },
  {
    asks: 'one attribute set twice',
    ask: (client) => update(client, 'x', set(S('1'), 'SET a = :v, a = :v')),
    aws: INVALID,
  },
  {
    asks: 'one attribute set and removed',
    ask: (client) => update(client, 'x', set(S('1'), 'SET a = :v REMOVE a')),
    aws: INVALID,
  },
  {
    asks: 'a key attribute set',
    ask: (client) => update(client, 'x', set(S('1'), 'SET sk = :v')),
    aws: INVALID,
  },
  {
    asks: 'a number added to a text',
    ask: async (client) => {
      await put(client, 'text', { a: S('1') })
      return update(client, 'text', set(N(1), 'ADD a :v'))
    },
    aws: INVALID,
  },
  {
    asks: 'a member set of an object that is not there',
    ask: async (client) => {
      await put(client, 'flat')
      return update(client, 'flat', set(S('1'), 'SET a.b = :v'))
    },
    aws: INVALID,
  },
  {
    asks: 'one of 101 values',
    ask: (client) => {
      const values = Array.from({ length: 101 }, (_, n) => `:v${n}`)
      return update(client, 'x', {
        ConditionExpression: `a IN (${values.join(', ')})`,
        ExpressionAttributeValues: Object.fromEntries(values.map((v) => [v, S(v)])),
      })
    },
    aws: INVALID,
    differs: { dynoxide: FAILED },
  },
  {
    asks: 'a text compared with a number',
    ask: async (client) => {
      await put(client, 'typed', { a: S('1') })
      return update(client, 'typed', {
        ConditionExpression: 'a = :v',
        ExpressionAttributeValues: { ':v': N(1) },
      })
    },
    aws: FAILED,
  },
  {
    asks: 'the old item with a condition that failed',
    ask: async (client) => {
      await put(client, 'old', { a: S('kept') })
      return update(client, 'old', {
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }).catch(({ name, Item }) => [name, Item?.a])
    },
    aws: [FAILED, S('kept')],
  },
  {
    asks: 'the last member taken out of a set',
    ask: async (client) => {
      await put(client, 'set', { runs: { SS: ['a'] } })
      await update(client, 'set', set({ SS: ['a'] }, 'DELETE runs :v'))
      return get(client, 'set')
    },
    aws: key('set'),
  },
]
