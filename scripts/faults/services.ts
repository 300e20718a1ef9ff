import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  DescribeTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { S3Client } from '@aws-sdk/client-s3'
import { SFNClient } from '@aws-sdk/client-sfn'
import { openStore, type Store } from '#functions/store/store.ts'
import { BASE_TASK_DEFINITION } from '#infra/local/open-tasks.ts'
import { CREDENTIALS, PLACE } from '#infra/local/place.ts'

/** The services of a plane, as anybody with its access key reaches them. */
export interface Services {
  readonly aws: string
  /** Where the table engine itself answers. */
  readonly tables: string
  readonly tasks: ECSClient
  readonly workflows: SFNClient
  readonly bus: EventBridgeClient
  readonly store: Store
}

/** Finds the services of the plane on a data folder; `engine` where its table is not its own. */
export const findServices = (home: string, engine: string | undefined): Services => {
  const ports = JSON.parse(readFileSync(join(home, 'plane.json'), 'utf8'))
  const accessKeyId = readFileSync(join(home, 'access-key'), 'utf8').trim()
  const aws = `http://127.0.0.1:${ports.aws}`
  const tables = engine ?? `http://127.0.0.1:${ports.dynamodb}`
  const { region } = PLACE
  const options = { endpoint: aws, region, credentials: { ...CREDENTIALS, accessKeyId } }
  return {
    aws,
    tables,
    tasks: new ECSClient(options),
    workflows: new SFNClient(options),
    bus: new EventBridgeClient(options),
    store: openStore({
      dynamodb: new DynamoDBClient({
        endpoint: tables,
        region,
        credentials: CREDENTIALS,
        maxAttempts: 1,
      }),
      s3: new S3Client({ ...options, forcePathStyle: true }),
      table: 'Vigil',
      bucket: 'vigil',
      now: Date.now,
      random: Math.random,
    }),
  }
}

/** Gives tasks a size and more variables: projects that are saved from now on run with them. */
export const giveTasks = async (
  { tasks }: Services,
  variables: Readonly<Record<string, string>>,
): Promise<void> => {
  const { taskDefinition } = await tasks.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: BASE_TASK_DEFINITION }),
  )
  const more = Object.entries(variables).map(([name, value]) => ({ name, value }))
  await tasks.send(
    new RegisterTaskDefinitionCommand({
      family: BASE_TASK_DEFINITION,
      cpu: '1024',
      memory: '2048',
      containerDefinitions: taskDefinition?.containerDefinitions?.map((container) => ({
        ...container,
        environment: [...(container.environment ?? []), ...more],
      })),
    }),
  )
}
