import {
  CreateTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb'
import { INDEXES } from '#functions/store/table.ts'

/**
 * Creates the table as the cloud has it, with its indexes and stream, unless it is there, and waits
 * until it can be used: an engine behind a given endpoint may take its time.
 */
export const createTable = async (client: DynamoDBClient, name: string): Promise<void> => {
  const attributes = ['pk', 'sk', ...Object.values(INDEXES)]
  try {
    const { TableDescription } = await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: attributes.map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: Object.entries(INDEXES).map(([IndexName, partition]) => ({
          IndexName,
          KeySchema: [
            { AttributeName: partition, KeyType: 'HASH' },
            { AttributeName: 'pk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        })),
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      }),
    )
    if (TableDescription?.TableStatus !== 'ACTIVE')
      await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName: name })
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error
  }
}
