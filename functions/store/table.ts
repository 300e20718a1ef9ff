import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import {
  type DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb'

/** Address of an item. */
export interface Key {
  readonly pk: string
  readonly sk: string
}

/** One write of a transaction. */
export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number]

/** The one table: reads are strongly consistent, writes are transactions. */
export interface Table {
  readonly name: string
  readonly client: DynamoDBDocumentClient
  read(key: Key): Promise<Record<string, unknown> | undefined>
  /** All items of a partition whose sort key begins so, in order. */
  query(pk: string, prefix: string, after?: string): Promise<Record<string, unknown>[]>
  /** Items of an index partition, newest first. */
  index(
    index: Index,
    partition: string,
    limit: number,
    before?: string,
  ): Promise<Record<string, unknown>[]>
  /** All or nothing; false when a condition failed or another transaction was faster. */
  transact(writes: Write[]): Promise<boolean>
}

/** `lists`: by owner, for listings. `live`: sharded, all that is not terminal, for the sweeper. */
export type Index = 'lists' | 'live'

/** Partition key attribute of each index; both are sorted by the table's own `pk`. */
export const INDEXES: Record<Index, string> = { lists: 'list', live: 'live' }

/** The table behind a document client. */
export const openTable = (client: DynamoDBDocumentClient, name: string): Table => ({
  name,
  client,
  read: async (key) => {
    const answer = await client.send(
      new GetCommand({ TableName: name, Key: key, ConsistentRead: true }),
    )
    return answer.Item
  },
  query: async (pk, prefix, after) => {
    const items: Record<string, unknown>[] = []
    const pages = paginateQuery(
      { client },
      {
        TableName: name,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
        ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after } }),
      },
    )
    for await (const page of pages) items.push(...(page.Items ?? []))
    return items
  },
  index: async (index, partition, limit, before) => {
    const answer = await client.send(
      new QueryCommand({
        TableName: name,
        IndexName: index,
        KeyConditionExpression: before === undefined ? '#p = :p' : '#p = :p AND pk < :before',
        ExpressionAttributeNames: { '#p': INDEXES[index] },
        ExpressionAttributeValues: {
          ':p': partition,
          ...(before !== undefined && { ':before': before }),
        },
        ScanIndexForward: false,
        Limit: limit,
      }),
    )
    return answer.Items ?? []
  },
  transact: async (writes) => {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: writes }))
      return true
    } catch (error) {
      if (error instanceof TransactionCanceledException && lostARace(error)) return false
      throw error
    }
  },
})

const lostARace = (error: TransactionCanceledException): boolean =>
  (error.CancellationReasons ?? []).every(({ Code }) =>
    ['None', 'ConditionalCheckFailed', 'TransactionConflict'].includes(Code ?? 'None'),
  )
