import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ulid } from 'ulid'
import type { LocalSettings } from '#core/settings.ts'
import type { LocalSandbox } from './choose-sandbox.ts'
import { COMPILE_CACHE } from './compile-cache.ts'
import { type EcsEngine, openEcs } from './ecs/ecs.ts'
import { registerDefinition } from './ecs/register-definition.ts'
import type { Task } from './ecs/task.ts'
import { CREDENTIALS, PLACE } from './place.ts'

/** The base task definition of the local plane. */
export const BASE_TASK_DEFINITION = 'vigil-agent'

/** Where a task's process finds the services of this plane. */
export interface Endpoints {
  readonly aws: string
  readonly dynamodb: string
}

/** A local ECS whose tasks are supervisors. */
export const openTasks = (options: {
  folder: string
  accessKeyId: string
  endpoints: () => Endpoints
  metadataUri: (taskId: string) => string
  environment: NodeJS.ProcessEnv
  changed: (task: Task) => Promise<void>
}) => {
  const main = fileURLToPath(import.meta.resolve('#containers/agent/main.ts'))
  const path = [dirname(process.execPath), options.environment.PATH ?? '/usr/bin:/bin'].join(':')
  return openEcs({
    ...PLACE,
    folder: options.folder,
    argv: [process.execPath, '--disable-warning=ExperimentalWarning', main],
    services: () => ({
      PATH: path,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      AWS_REGION: PLACE.region,
      AWS_ACCESS_KEY_ID: options.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL_DYNAMODB: options.endpoints().dynamodb,
      AWS_ENDPOINT_URL_S3: options.endpoints().aws,
      AWS_ENDPOINT_URL_SFN: options.endpoints().aws,
    }),
    secrets: options.environment,
    metadataUri: options.metadataUri,
    changed: options.changed,
    newId: () => ulid().toLowerCase(),
    now: Date.now,
  })
}

/** What the cloud gives a task by default; here it is on record and binds nobody. */
const SIZE = { cpu: '1024', memory: '4096' }

/** Registers the base task definition, unless it is registered as it would be. */
export const registerBase = (
  engine: EcsEngine,
  local: LocalSettings,
  sandbox: LocalSandbox,
): void => {
  const environment = [
    { name: 'VIGIL_TABLE', value: 'Vigil' },
    { name: 'VIGIL_BUCKET', value: 'vigil' },
    { name: 'VIGIL_BEAT_SECONDS', value: String(local.VIGIL_BEAT_SECONDS) },
    { name: 'VIGIL_CHECKPOINT_SECONDS', value: String(local.VIGIL_CHECKPOINT_SECONDS) },
    { name: 'VIGIL_SANDBOX', value: sandbox.kind },
    { name: 'VIGIL_HIDDEN', value: sandbox.hidden.join(',') },
  ]
  const known = engine.store.definition(BASE_TASK_DEFINITION)
  const same =
    JSON.stringify(known?.containerDefinitions[0]?.environment) === JSON.stringify(environment)
  if (!same)
    registerDefinition(engine, {
      family: BASE_TASK_DEFINITION,
      ...SIZE,
      containerDefinitions: [{ name: 'agent', environment, secrets: [] }],
    })
}
