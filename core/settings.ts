import { z } from 'zod'
import { Phase } from './contracts/phase.ts'

/** What stands between an agent and the machine (A7). */
export const Sandbox = z.enum(['container', 'bubblewrap', 'none'])
export type Sandbox = z.infer<typeof Sandbox>

/** Variables of the Lambda functions. Each has its default here or is given by the deployment. */
export const PlaneSettings = z.object({
  VIGIL_TABLE: z.string().describe('name of the table'),
  VIGIL_BUCKET: z.string().describe('name of the bucket'),
  VIGIL_PIPELINE_ARN: z.string().describe('state machine that a fire starts'),
  VIGIL_TURN_ARN: z.string().describe('version of the turn workflow that new runs pin'),
  VIGIL_CLUSTER: z.string().describe('ECS cluster of the tasks'),
  VIGIL_TASK_DEFINITION: z.string().describe('base that project task definitions are made from'),
  VIGIL_IMAGES: z
    .string()
    .transform(jsonOf)
    .pipe(z.record(z.string(), z.string()))
    .describe('image of each runtime, as a JSON object'),
  VIGIL_SECRET_PREFIX: z
    .string()
    .default('')
    .describe("what precedes a key's name in the ARN of its secret"),
  VIGIL_SUBNETS: list('subnets of the tasks, separated by commas'),
  VIGIL_SECURITY_GROUPS: list('security groups of the tasks, separated by commas'),
  VIGIL_PUBLIC_IP: z.stringbool().default(true).describe('tasks get a public address'),
  VIGIL_BUS: z.string().describe('event bus that state events are published to'),
  VIGIL_RUNS_AT_ONCE: z.coerce.number().int().positive().default(20).describe('slots (G13)'),
  VIGIL_SANDBOX: Sandbox.default('container').describe('what stands around agents (A7)'),
})
export type PlaneSettings = z.infer<typeof PlaneSettings>

/** Variables of the supervisor in its task. */
export const SupervisorSettings = z.object({
  VIGIL_ATTEMPT: z.string().describe('id of the attempt to work on'),
  VIGIL_TABLE: z.string().describe('name of the table'),
  VIGIL_BUCKET: z.string().describe('name of the bucket'),
  VIGIL_WORKDIR: z.string().default('/work').describe("folder on the task's own disk"),
  VIGIL_BEAT_SECONDS: z.coerce.number().positive().default(20).describe('time between beats (T4)'),
  VIGIL_CHECKPOINT_SECONDS: z.coerce
    .number()
    .positive()
    .default(60)
    .describe('between work-in-progress checkpoints (C2)'),
  VIGIL_AGENT_UID: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .describe('uid of the agent; absent: the own one'),
  VIGIL_SANDBOX: Sandbox.default('container').describe('what stands around the agent (A7)'),
  VIGIL_HIDDEN: list('folders that a sandbox hides, separated by commas'),
  ECS_CONTAINER_METADATA_URI_V4: z.string().describe('where a task learns its own ARN'),
})
export type SupervisorSettings = z.infer<typeof SupervisorSettings>

/** Variables that an agent's programs find, the contract tools among them. */
export const ContractToolsSettings = z.object({
  VIGIL_OUTBOX: z.string().describe('folder for what the agent hands in'),
  VIGIL_NONCE: z.string().describe('guards against the words of another attempt (T14)'),
  VIGIL_PHASE: Phase.describe("the turn's phase: says which tools there are (E9)"),
})
export type ContractToolsSettings = z.infer<typeof ContractToolsSettings>

/** Variables of the local plane and the command line. */
export const LocalSettings = z.object({
  VIGIL_HOME: z.string().optional().describe('data folder, by default ~/.vigil'),
  VIGIL_PORT: z.coerce.number().int().min(0).max(65_535).optional().describe('port of the API'),
  VIGIL_BEAT_SECONDS: z.coerce.number().positive().default(1).describe('time between beats (T4)'),
  VIGIL_CHECKPOINT_SECONDS: z.coerce
    .number()
    .positive()
    .default(60)
    .describe('between work-in-progress checkpoints (C2)'),
  VIGIL_RUNS_AT_ONCE: z.coerce.number().int().positive().default(20).describe('slots (G13)'),
  VIGIL_SWEEP_SECONDS: z.coerce.number().positive().default(300).describe('between sweeps (S3)'),
  VIGIL_SANDBOX: z
    .enum(['auto', 'bubblewrap', 'none'])
    .default('auto')
    .describe('what stands around agents; auto: bubblewrap where it works (A7)'),
  VIGIL_TABLE_ENGINE: z
    .enum(['auto', 'dynoxide', 'dynamodb-local', 'endpoint'])
    .default('auto')
    .describe('what keeps the table; auto: the given endpoint, else what is there'),
  VIGIL_DYNAMODB_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('URL of a table engine of your own'),
})
export type LocalSettings = z.infer<typeof LocalSettings>

/** The process's environment, for what is handed on by an allow-list. */
export const environment = (): NodeJS.ProcessEnv => process.env

/**
 * Reads one group of settings, the only place where the environment is read. Throws an error that
 * names each variable which is missing or wrong.
 */
export const readSettings = <T>(group: z.ZodType<T>, given: NodeJS.ProcessEnv = process.env): T => {
  const parsed = group.safeParse(given)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new TypeError(`settings: ${lines.join('; ')}`)
}

function list(description: string) {
  return z
    .string()
    .default('')
    .transform((text) => text.split(',').filter(Boolean))
    .describe(description)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
