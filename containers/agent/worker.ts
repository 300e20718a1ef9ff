import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { S3Client } from '@aws-sdk/client-s3'
import { SFNClient } from '@aws-sdk/client-sfn'
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

/** The worker behind the services of the task's environment. */
export const openWorker = (
  settings: SupervisorSettings,
  environment: NodeJS.ProcessEnv,
): Worker => ({
  settings,
  environment,
  workflows: new SFNClient({}),
  store: openStore({
    dynamodb: new DynamoDBClient({}),
    s3: new S3Client({ forcePathStyle: environment.AWS_ENDPOINT_URL_S3 !== undefined }),
    table: settings.VIGIL_TABLE,
    bucket: settings.VIGIL_BUCKET,
    now: Date.now,
    random: Math.random,
  }),
})
