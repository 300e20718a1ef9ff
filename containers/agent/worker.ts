import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { S3Client } from '@aws-sdk/client-s3'
import { SFNClient } from '@aws-sdk/client-sfn'
import { ConfiguredRetryStrategy } from '@smithy/core/retry'
import type { SupervisorSettings } from '#core/settings.ts'
import { openStore, type Store } from '#functions/store/store.ts'

/** What a supervisor may touch. Endpoints and credentials come from the SDK's own variables. */
export interface Worker {
  readonly settings: SupervisorSettings
  readonly store: Store
  readonly workflows: SFNClient
  /** The environment that the allow-list for the agent is taken from. */
  readonly environment: NodeJS.ProcessEnv
}

/**
 * A service that is away for a moment is asked again until the fence would have fallen anyway: what
 * an agent did is not lost because a plane restarts while its supervisor answers (T8).
 */
const retryStrategy = new ConfiguredRetryStrategy(60, (attempt: number) =>
  Math.min(2_000, 50 * 2 ** Math.min(attempt, 6)),
)

/** One that takes a request and stays silent is asked again, too. */
const requestHandler = { requestTimeout: 5_000, throwOnRequestTimeout: true }

/** The worker behind the services of the task's environment. */
export const openWorker = (
  settings: SupervisorSettings,
  environment: NodeJS.ProcessEnv,
): Worker => ({
  settings,
  environment,
  workflows: new SFNClient({ retryStrategy, requestHandler }),
  store: openStore({
    dynamodb: new DynamoDBClient({ retryStrategy, requestHandler }),
    s3: new S3Client({
      retryStrategy,
      forcePathStyle: environment.AWS_ENDPOINT_URL_S3 !== undefined,
    }),
    table: settings.VIGIL_TABLE,
    bucket: settings.VIGIL_BUCKET,
    now: Date.now,
    random: Math.random,
  }),
})
