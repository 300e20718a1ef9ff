import { isDeepStrictEqual } from 'node:util'
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import {
  type DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb'
import type { Write } from './table.ts'

/** All or nothing; false when a condition failed or another transaction was faster. */
export const transact = async (
  client: DynamoDBDocumentClient,
  table: string,
  writes: Write[],
): Promise<boolean> => {
  try {
    await client.send(new TransactWriteCommand({ TransactItems: writes }))
    return true
  } catch (error) {
    if (!(error instanceof TransactionCanceledException) || !lostARace(error)) throw error
    return (error.$metadata.attempts ?? 1) > 1 && isWritten(client, table, writes)
  }
}

const lostARace = (error: TransactionCanceledException): boolean =>
  (error.CancellationReasons ?? []).every(({ Code }) =>
    ['None', 'ConditionalCheckFailed', 'TransactionConflict'].includes(Code ?? 'None'),
  )

/**
 * A transaction whose answer was lost is sent again, under a token by which DynamoDB knows it. An
 * engine that was killed in between may have forgotten the token: then our own writes look like
 * somebody else's, and only what they created tells.
 */
const isWritten = async (
  client: DynamoDBDocumentClient,
  table: string,
  writes: Write[],
): Promise<boolean> => {
  const created = writes.flatMap(({ Put }) => Put?.Item ?? [])
  const found = await Promise.all(
    created.map(({ pk, sk }) =>
      client.send(new GetCommand({ TableName: table, Key: { pk, sk }, ConsistentRead: true })),
    ),
  )
  return (
    created.length > 0 &&
    created.every((item, index) => isDeepStrictEqual(plain(item), plain(found[index]?.Item)))
  )
}

/** Without what is undefined, as it is stored. */
const plain = (item: unknown): unknown => JSON.parse(JSON.stringify(item ?? null))
