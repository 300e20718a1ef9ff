import { join } from 'node:path'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { ulid } from 'ulid'
import { RUNTIMES } from '#core/contracts/project.ts'
import { environment, LocalSettings, PlaneSettings, readSettings } from '#core/settings.ts'
import { openWorld, type World } from '#functions/world.ts'
import { admitOwner } from './api/serve-api.ts'
import { awsEndpoint, METADATA_PATH } from './aws-endpoint.ts'
import { chooseSandbox } from './choose-sandbox.ts'
import type { DataFolder } from './data-folder.ts'
import { createTable } from './dynamodb/create-table.ts'
import { openTableEngine } from './dynamodb/open-table-engine.ts'
import { seenTask } from './ecs/seen-task.ts'
import { taskMetadata } from './ecs/task-metadata.ts'
import { ecsWire } from './ecs/wire.ts'
import { openBus } from './events/bus.ts'
import { rules } from './events/rules.ts'
import { startStreamPoller } from './events/stream-poller.ts'
import { type Around, openLambda } from './lambda.ts'
import { listen } from './listen.ts'
import { openLog } from './log.ts'
import { BASE_TASK_DEFINITION, openTasks, registerBase } from './open-tasks.ts'
import { openWorkflows } from './open-workflows.ts'
import { CREDENTIALS, PLACE } from './place.ts'
import { openS3 } from './s3/s3.ts'
import { stepFunctionsWire } from './step-functions/wire.ts'

/** The services of a data folder, wired to each other and at rest until `start`. */
export interface LocalServices {
  readonly world: World
  readonly awsPort: number
  readonly dynamodbPort: number
  /** Writes down what went wrong where. */
  failed(where: string, error: unknown): void
  /** Goes on with executions and tasks. */
  start(): void
}

/** What a test puts into a plane to see or disturb it. */
export interface Watchers {
  /** Gets the number of each write of the workflows' journal: a crash test kills there. */
  readonly onWrite?: ((n: number) => void) | undefined
  readonly around?: Around | undefined
}

/** Opens table engine, workflows, tasks, bus and their one address; what closes them goes to `closers`. */
export const openServices = async (
  folder: DataFolder,
  closers: (() => unknown)[],
  { onWrite, around }: Watchers = {},
): Promise<LocalServices> => {
  const { path, ports } = folder
  const log = openLog(join(path, 'plane.log'), Date.now)
  const failed = (where: string, error: unknown) => log('failed', { where, error: String(error) })
  const local = readSettings(LocalSettings)
  const lambda = openLambda(failed, around)
  const bus = openBus({ newId: ulid, now: Date.now, failed })
  const sandbox = await chooseSandbox(local.VIGIL_SANDBOX, path)
  const tables = await openTableEngine(path, ports?.dynamodb)
  closers.push(() => tables.stop())
  const workflows = openWorkflows({
    journal: join(path, 'step-functions.db'),
    call: (name, event) => lambda.invoke(name, event),
    publish: (change) => bus.send('aws.states', 'Step Functions Execution Status Change', change),
    onWrite,
  })
  const tasks = openTasks({
    folder: path,
    accessKeyId: folder.accessKeyId,
    endpoints: () => ({ aws: `http://127.0.0.1:${aws.port}`, dynamodb: tables.endpoint }),
    metadataUri: (taskId) => `http://127.0.0.1:${aws.port}${METADATA_PATH}${taskId}`,
    environment: environment(),
    changed: (task) => bus.send('aws.ecs', 'ECS Task State Change', seenTask(task)),
  })
  const aws = await listen(
    awsEndpoint({
      accessKeyId: folder.accessKeyId,
      json: {
        AWSStepFunctions: stepFunctionsWire(workflows),
        AmazonEC2ContainerServiceV20141113: ecsWire(tasks.engine),
        AWSEvents: bus.wire,
      },
      s3: openS3(join(path, 's3')),
      metadata: (taskId) => taskMetadata(tasks.engine, taskId),
      failed: (error) => failed('services', error),
    }),
    ports?.aws ?? 0,
    false,
  )
  closers.push(aws.close, tasks.close, lambda.drained, workflows.close)
  registerBase(tasks.engine, local, sandbox)
  const world = openWorld(
    readSettings(PlaneSettings, {
      VIGIL_TABLE: TABLE,
      VIGIL_BUCKET: 'vigil',
      VIGIL_PIPELINE_ARN: workflows.stateMachineArn('pipeline'),
      VIGIL_TURN_ARN: workflows.versionArn('turn'),
      VIGIL_CLUSTER: 'vigil',
      VIGIL_TASK_DEFINITION: BASE_TASK_DEFINITION,
      VIGIL_IMAGES: JSON.stringify(
        Object.fromEntries([...RUNTIMES, 'command'].map((runtime) => [runtime, 'local'])),
      ),
      VIGIL_SECRET_PREFIX: 'environment/',
      VIGIL_BUS: 'vigil',
      VIGIL_RUNS_AT_ONCE: String(local.VIGIL_RUNS_AT_ONCE),
      VIGIL_SANDBOX: sandbox.kind,
    }),
    {
      dynamodb: { endpoint: tables.endpoint, region: PLACE.region, credentials: CREDENTIALS },
      aws: {
        endpoint: `http://127.0.0.1:${aws.port}`,
        region: PLACE.region,
        credentials: { ...CREDENTIALS, accessKeyId: folder.accessKeyId },
      },
    },
  )
  await createTable(world.store.table.client, TABLE)
  await admitOwner(world, folder.token)
  lambda.bind(world)
  for (const rule of rules(lambda, world.settings.VIGIL_PIPELINE_ARN)) bus.rule(rule)
  return {
    world,
    failed,
    awsPort: aws.port,
    dynamodbPort: Number(new URL(tables.endpoint).port),
    start: () => {
      tasks.adopt()
      workflows.start()
      void lambda.invoke('sweep', { beginning: true }).catch(() => undefined)
      const poller = startStreamPoller({
        client: new DynamoDBStreamsClient({
          endpoint: tables.endpoint,
          region: PLACE.region,
          credentials: CREDENTIALS,
        }),
        table: TABLE,
        checkpoints: join(path, 'stream.json'),
        handle: (event) => lambda.invoke('publish', event),
        failed: (error) => failed('stream', error),
      })
      const sweeps = setInterval(
        () => void lambda.invoke('sweep', {}).catch(() => undefined),
        local.VIGIL_SWEEP_SECONDS * 1000,
      )
      closers.push(poller.stop, () => clearInterval(sweeps))
    },
  }
}

const TABLE = 'Vigil'
