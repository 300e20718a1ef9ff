import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { S3Client } from '@aws-sdk/client-s3'
import type { Bucket } from '#functions/store/bucket.ts'
import { openStore, type Store } from '#functions/store/store.ts'
import { clientOf, type MemoryTable } from './table/memory-table.ts'

/** The real store over a table and a bucket in memory. `before` comes before each call and may refuse it. */
export const openSimulatedStore = (
  table: MemoryTable,
  bucket: Bucket,
  now: () => number,
  before: () => void | Promise<void> = () => {},
): Store => {
  const clients = { dynamodb: DYNAMODB, s3: S3, table: 'Vigil', bucket: 'vigil' }
  const store = openStore({ ...clients, now, random: () => 0 })
  clientOf(store.table.client, async (command) => {
    await before()
    return table.send(command)
  })
  return { ...store, bucket }
}

const PLACE = { region: 'simulation', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } }
const DYNAMODB = new DynamoDBClient(PLACE)
const S3 = new S3Client(PLACE)
