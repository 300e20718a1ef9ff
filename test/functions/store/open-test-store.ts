import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { S3Client } from '@aws-sdk/client-s3'
import type { NewEvent } from '#core/contracts/event.ts'
import { ProjectConfig } from '#core/contracts/project.ts'
import type { Run } from '#core/contracts/run.ts'
import { newId } from '#core/ids.ts'
import { LocalSettings, readSettings } from '#core/settings.ts'
import { openStore } from '#functions/store/store.ts'
import type { Write } from '#functions/store/table.ts'
import { awsEndpoint } from '#infra/local/aws-endpoint.ts'
import { createTable } from '#infra/local/dynamodb/create-table.ts'
import { openTableEngine } from '#infra/local/dynamodb/open-table-engine.ts'
import { listen } from '#infra/local/listen.ts'
import { CREDENTIALS, PLACE } from '#infra/local/place.ts'
import { openS3 } from '#infra/local/s3/s3.ts'

const AT = '2026-01-31T12:00:00.000Z'

/**
 * An empty store on the engine that VIGIL_TABLE_ENGINE names: the suite holds on each of them, and
 * fails where that engine cannot be had.
 */
export const openTestStore = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-store-'))
  const engine = await openTableEngine(folder, undefined)
  const objects = await listen(
    awsEndpoint({
      accessKeyId: CREDENTIALS.accessKeyId,
      json: {},
      s3: openS3(join(folder, 's3')),
      metadata: () => undefined,
      failed: (error) => {
        throw error
      },
    }),
    0,
    true,
  )
  const place = { region: PLACE.region, credentials: CREDENTIALS }
  const dynamodb = new DynamoDBClient({ ...place, endpoint: engine.endpoint })
  const s3 = new S3Client({
    ...place,
    endpoint: `http://127.0.0.1:${objects.port}`,
    forcePathStyle: true,
  })
  await createTable(dynamodb, 'Vigil')
  const store = openStore({
    dynamodb,
    s3,
    table: 'Vigil',
    bucket: 'vigil',
    now: () => Date.parse(AT),
    random: Math.random,
  })
  let runs = 0
  return {
    store,
    dynamodb,
    folder,
    engine,
    write: async (...writes: Write[]) => {
      if (!(await store.table.transact(writes))) throw new Error('it could not be written')
    },
    /** A run that is only in memory. */
    aRun: (set: Partial<Run> = {}): Run => {
      runs += 1
      return {
        id: newId('run', String(runs).padStart(26, '0')),
        projectId: 'project-1',
        fireId: `fire-${runs}`,
        trigger: 'manual',
        actor: 'test',
        forced: [],
        status: 'running',
        config: ProjectConfig.parse({ source: { location: '/nowhere' } }),
        sequence: 0,
        turns: 0,
        attempts: 0,
        usd: 0,
        usdEstimated: false,
        tokens: 0,
        waitedSeconds: 0,
        createdAt: AT,
        deadlineAt: AT,
        ...set,
      }
    },
    close: async () => {
      dynamodb.destroy()
      s3.destroy()
      await objects.close()
      await engine.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The engine's name, for what is known to differ. */
export const ENGINE =
  readSettings(LocalSettings).VIGIL_TABLE_ENGINE === 'dynamodb-local'
    ? 'dynamodb-local'
    : 'dynoxide'

/** Some event. */
export const AN_EVENT: NewEvent = { kind: 'turn.started' }

export type TestStore = Awaited<ReturnType<typeof openTestStore>>
