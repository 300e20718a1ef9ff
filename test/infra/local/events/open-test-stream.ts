import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DeleteTableCommand,
  DynamoDBClient,
  PutItemCommand,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { createTable } from '#infra/local/dynamodb/create-table.ts'
import { openTableEngine } from '#infra/local/dynamodb/open-table-engine.ts'
import { startStreamPoller } from '#infra/local/events/stream-poller.ts'
import { CREDENTIALS, PLACE } from '#infra/local/place.ts'

/** A table with its stream, on the engine that VIGIL_TABLE_ENGINE names, and pollers of it. */
export const openTestStream = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-stream-'))
  const engine = await openTableEngine(folder, undefined)
  const place = { endpoint: engine.endpoint, region: PLACE.region, credentials: CREDENTIALS }
  const dynamodb = new DynamoDBClient(place)
  await createTable(dynamodb, 'Vigil')
  const checkpoints = join(folder, 'stream.json')
  const failures: unknown[] = []
  const closers: (() => unknown)[] = []
  return {
    engine,
    checkpoints,
    failures,
    write: async (...names: string[]) => {
      for (const name of names)
        await dynamodb.send(
          new PutItemCommand({ TableName: 'Vigil', Item: { pk: { S: 'p' }, sk: { S: name } } }),
        )
    },
    /** The same table again, empty, with another stream. */
    recreate: async () => {
      await dynamodb.send(new DeleteTableCommand({ TableName: 'Vigil' }))
      await waitUntilTableNotExists(
        { client: dynamodb, maxWaitTime: 20, minDelay: 1 },
        { TableName: 'Vigil' },
      )
      await createTable(dynamodb, 'Vigil')
    },
    /** A poller, and the names of the items whose records it handed over. */
    follow: (handle: (names: string[]) => unknown = () => undefined) => {
      const client = new DynamoDBStreamsClient(place)
      const handled: string[] = []
      const requests: string[] = []
      client.middlewareStack.add(
        (next, { commandName }) =>
          (args) => {
            requests.push(commandName ?? '')
            return next(args)
          },
        { step: 'finalizeRequest' },
      )
      const poller = startStreamPoller({
        client,
        table: 'Vigil',
        checkpoints,
        handle: async ({ Records }) => {
          const names = Records.map(
            (record) =>
              (record as { dynamodb: { Keys: { sk: { S: string } } } }).dynamodb.Keys.sk.S,
          )
          await handle(names)
          handled.push(...names)
        },
        failed: (error) => failures.push(error),
      })
      closers.push(poller.stop, () => client.destroy())
      return { ...poller, handled, requests }
    },
    close: async () => {
      for (const closer of closers) await closer()
      dynamodb.destroy()
      await engine.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type TestStream = Awaited<ReturnType<typeof openTestStream>>
