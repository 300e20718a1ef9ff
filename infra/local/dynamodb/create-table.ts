import {
  CreateTableCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb'
import { TABLE_SCHEMA } from '#infra/table-schema.ts'

/**
 * Creates the table as the cloud has it, with its indexes and stream, unless it is there, and waits
 * until it can be used: an engine behind a given endpoint may take its time.
 */
export const createTable = async (client: DynamoDBClient, name: string): Promise<void> => {
  const { key, indexes, stream } = TABLE_SCHEMA
  const partitions = Object.values(indexes).map(({ partition }) => partition)
  const attributes = [key.partition, key.sort, ...partitions]
  try {
    const { TableDescription } = await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: attributes.map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        KeySchema: keySchema(key),
        GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, index]) => ({
          IndexName,
          KeySchema: keySchema(index),
          Projection: { ProjectionType: 'ALL' },
        })),
        StreamSpecification: { StreamEnabled: true, StreamViewType: stream },
      }),
    )
    if (TableDescription?.TableStatus !== 'ACTIVE')
      await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName: name })
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error
  }
}

const keySchema = ({
  partition,
  sort,
}: {
  partition: string
  sort: string
}): KeySchemaElement[] => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
]
