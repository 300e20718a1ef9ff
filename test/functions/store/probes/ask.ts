import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb'

/** Something that our store asks of DynamoDB, or must not: how it ends is an error's name, or a value. */
export interface Probe {
  readonly asks: string
  readonly ask: (client: DynamoDBClient) => Promise<unknown>
  /** As DynamoDB's documentation has it. */
  readonly aws: unknown
  readonly differs?: { readonly dynoxide?: unknown; readonly 'dynamodb-local'?: unknown }
}

/** A text. */
export const S = (text: string): AttributeValue => ({ S: text })

/** A number. */
export const N = (number: string | number): AttributeValue => ({ N: String(number) })

/** The address of a probe's item. */
export const key = (sk: string) => ({ pk: S('probe'), sk: S(sk) })

/** The one table. */
export const TableName = 'Vigil'

/** Writes an item. */
export const put = (
  client: DynamoDBClient,
  sk: string,
  attributes: Record<string, AttributeValue> = {},
) => client.send(new PutItemCommand({ TableName, Item: { ...key(sk), ...attributes } }))

/** Changes an item. */
export const update = (
  client: DynamoDBClient,
  sk: string,
  input: Partial<UpdateItemCommandInput>,
) => client.send(new UpdateItemCommand({ TableName, Key: key(sk), ...input }))

/** The item, if it is there. */
export const get = async (client: DynamoDBClient, sk: string) =>
  (await client.send(new GetItemCommand({ TableName, Key: key(sk), ConsistentRead: true }))).Item

/** Asks for a page of the items below `page#`. */
export const query = (client: DynamoDBClient, input: Partial<QueryCommandInput>) =>
  client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': S('probe'), ':sk': S('page#') },
      ...input,
    }),
  )

/** A transaction. */
export const transact = (
  client: DynamoDBClient,
  TransactItems: TransactWriteItem[],
  token?: string,
) => client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken: token }))

/** A write of a transaction. */
export const putting = (sk: string, attributes = {}): TransactWriteItem => ({
  Put: { TableName, Item: { ...key(sk), ...attributes } },
})

/** How DynamoDB refuses what it was never going to do. */
export const INVALID = 'ValidationException'

/** How DynamoDB says that a condition does not hold. */
export const FAILED = 'ConditionalCheckFailedException'

/** An update's expression and its one value, `:v`. */
export const set = (value: AttributeValue, expression = 'SET a = :v') => ({
  UpdateExpression: expression,
  ExpressionAttributeValues: { ':v': value },
})
