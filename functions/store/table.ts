import { setTimeout as sleep } from 'node:timers/promises'
import {
  ConditionalCheckFailedException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb'
import {
  type DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  type TransactWriteCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb'
import { transact } from './transact.ts'

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
  /** One write; false when its condition failed. Waits for a transaction that is at the item. */
  update(write: UpdateCommandInput): Promise<boolean>
  /** All or nothing; false when a condition failed or another transaction was faster. */
  transact(writes: Write[]): Promise<boolean>
}

/** `lists`: by owner, for listings. `live`: sharded, all that is not terminal, for the sweeper. */
export type Index = 'lists' | 'live'

/** Partition key attribute of each index; both are sorted by the table's own `pk`. */
export const INDEXES: Record<Index, string> = { lists: 'list', live: 'live' }

/** The table behind a document client. `random` in [0, 1). */
export const openTable = (
  client: DynamoDBDocumentClient,
  name: string,
  random: () => number,
): Table => ({
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
    const items: Record<string, unknown>[] = []
    const pages = paginateQuery(
      { client, pageSize: limit },
      {
        TableName: name,
        IndexName: index,
        KeyConditionExpression: before === undefined ? '#p = :p' : '#p = :p AND pk < :before',
        ExpressionAttributeNames: { '#p': INDEXES[index] },
        ExpressionAttributeValues: {
          ':p': partition,
          ...(before !== undefined && { ':before': before }),
        },
        ScanIndexForward: false,
      },
    )
    // A page ends at 1 MB, however few items that is.
    for await (const page of pages) {
      items.push(...(page.Items ?? []))
      if (items.length >= limit) break
    }
    return items.slice(0, limit)
  },
  update: async (write) => {
    for (let round = 1; ; round += 1)
      try {
        await client.send(new UpdateCommand(write))
        return true
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false
        if (!(error instanceof TransactionConflictException) || round === ROUNDS) throw error
        await sleep(random() * 20 * 2 ** round)
      }
  },
  transact: (writes) => transact(client, name, writes),
})

/** Tries of a single write, the last ones a second apart: no transaction takes that long. */
const ROUNDS = 8
