import { INVALID, key, type Probe, put, putting, S, TableName, transact } from './ask.ts'

/** What a transaction may be. */
export const TRANSACTIONS: Probe[] = [
  {
    asks: 'two writes of one item in a transaction',
    ask: (client) => transact(client, [putting('twin'), putting('twin')]),
    aws: INVALID,
  },
  {
    asks: 'two conditional writes of one item in a transaction',
    ask: (client) => {
      const ConditionExpression = 'attribute_not_exists(pk)'
      const twin = { Put: { TableName, Item: key('twins'), ConditionExpression } }
      return transact(client, [twin, twin])
    },
    aws: INVALID,
    differs: { 'dynamodb-local': 'TransactionCanceledException' },
  },
  {
    asks: 'a transaction of no writes',
    ask: (client) => transact(client, []),
    aws: INVALID,
  },
  {
    asks: 'a transaction of 101 writes',
    ask: (client) =>
      transact(
        client,
        Array.from({ length: 101 }, (_, n) => putting(`many-${n}`)),
      ),
    aws: INVALID,
  },
  {
    asks: 'a transaction of more than 4 MB',
    ask: (client) =>
      transact(
        client,
        Array.from({ length: 12 }, (_, n) => putting(`big-${n}`, { a: S('x'.repeat(390 * 1024)) })),
      ),
    aws: INVALID,
  },
  {
    asks: 'the old item with the reason of a cancelled transaction',
    ask: async (client) => {
      await put(client, 'reason', { a: S('kept') })
      const check = {
        TableName,
        Key: key('reason'),
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      }
      return transact(client, [putting('other'), { ConditionCheck: check }]).catch(
        ({ CancellationReasons }) =>
          CancellationReasons.map(({ Code, Item }: { Code: string; Item?: { a: unknown } }) => [
            Code,
            Item?.a,
          ]),
      )
    },
    aws: [
      ['None', undefined],
      ['ConditionalCheckFailed', S('kept')],
    ],
  },
  {
    asks: 'a token of 37 characters',
    ask: (client) => transact(client, [putting('token')], 'x'.repeat(37)),
    aws: INVALID,
  },
  {
    asks: 'a token again with another transaction',
    ask: async (client) => {
      await transact(client, [putting('token-1')], 'again')
      return transact(client, [putting('token-2')], 'again')
    },
    aws: 'IdempotentParameterMismatchException',
  },
]
