import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { S3Client } from '@aws-sdk/client-s3'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { attempts } from './attempt.ts'
import { openBucket } from './bucket.ts'
import { cycles } from './cycle.ts'
import { days } from './day.ts'
import { events } from './event.ts'
import { findings } from './finding.ts'
import { fires } from './fire.ts'
import { leases } from './lease.ts'
import { planKeys, plans } from './plan.ts'
import { projects } from './project.ts'
import { runs } from './run.ts'
import { openTable } from './table.ts'
import { tokens } from './token.ts'
import { turns } from './turn.ts'

/** Everything that the plane remembers: one table, one bucket. */
export type Store = ReturnType<typeof openStore>

/** The store behind two SDK clients. `now` in epoch milliseconds, `random` in [0, 1). */
export const openStore = (to: {
  dynamodb: DynamoDBClient
  s3: S3Client
  table: string
  bucket: string
  now: () => number
  random: () => number
}) => {
  const client = DynamoDBDocumentClient.from(to.dynamodb, {
    marshallOptions: { removeUndefinedValues: true },
  })
  const table = openTable(client, to.table, to.random)
  return {
    table,
    bucket: openBucket(to.s3, to.bucket),
    now: to.now,
    random: to.random,
    attempts: attempts(table),
    cycles: cycles(table),
    days: days(table),
    events: events(table),
    findings: findings(table),
    fires: fires(table),
    leases: leases(table),
    planKeys: planKeys(table),
    plans: plans(table),
    projects: projects(table),
    runs: runs(table),
    tokens: tokens(table),
    turns: turns(table),
  }
}

/** The store's time as it stands in items. */
export const isoNow = (store: { now: () => number }): string => new Date(store.now()).toISOString()
