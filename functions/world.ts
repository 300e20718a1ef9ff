import { setTimeout as sleep } from 'node:timers/promises'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { ECSClient } from '@aws-sdk/client-ecs'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { S3Client } from '@aws-sdk/client-s3'
import { SFNClient } from '@aws-sdk/client-sfn'
import { ulid } from 'ulid'
import type { Metric } from '#core/metrics.ts'
import type { PlaneSettings } from '#core/settings.ts'
import { openStore, type Store } from '#functions/store/store.ts'

/** What a handler may touch: the store, the services, its settings, time and ids. */
export interface World {
  readonly store: Store
  readonly workflows: SFNClient
  readonly tasks: ECSClient
  readonly bus: EventBridgeClient
  readonly settings: PlaneSettings
  readonly ulid: () => string
  /** Waits so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>
  /** Counts something for the operators; kept nowhere but in the cloud. */
  readonly count: (metric: Metric, value: number) => void
}

/** Where the services are and who asks; nothing in Lambda, where the SDK knows. */
export interface Services {
  readonly dynamodb?: ConstructorParameters<typeof DynamoDBClient>[0]
  readonly aws?: { endpoint: string; region: string; credentials: Credentials }
}

interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** A service that takes a request and stays silent is one that does not answer (S4). */
const requestHandler = { requestTimeout: 5_000, throwOnRequestTimeout: true }

/** The world behind the services' endpoints. */
export const openWorld = (
  settings: PlaneSettings,
  { dynamodb = {}, aws }: Services = {},
  clock: { now: () => number; random: () => number } = { now: Date.now, random: Math.random },
): World => ({
  settings,
  store: openStore({
    dynamodb: new DynamoDBClient({ requestHandler, ...dynamodb }),
    s3: new S3Client({ ...aws, forcePathStyle: aws !== undefined }),
    table: settings.VIGIL_TABLE,
    bucket: settings.VIGIL_BUCKET,
    ...clock,
  }),
  workflows: new SFNClient({ requestHandler, ...aws }),
  tasks: new ECSClient({ requestHandler, ...aws }),
  bus: new EventBridgeClient({ requestHandler, ...aws }),
  ulid: () => ulid(clock.now()),
  pause: (ms) => sleep(ms),
  count: () => undefined,
})
