import type { Node } from 'constructs'
import { z } from 'zod'
import { Runtime } from './images/runtime.ts'

const PREFIX = 'vigil:'

/** What an operator may set, in cdk.json or by `--context vigil:<key>=<value>`. */
export const Context = z.strictObject({
  runsAtOnce: z.coerce.number().int().min(1).max(1000).default(20).describe('slots (G13)'),
  images: json(z.record(Runtime, z.string().min(1)))
    .optional()
    .describe('image of each runtime, when they are not to be built in the account'),
  taskCpu: z.coerce
    .number()
    .pipe(z.union([1024, 2048, 4096, 8192].map((units) => z.literal(units))))
    .default(1024)
    .describe('CPU units of a task'),
  taskMemoryMiB: z.coerce.number().int().min(2048).default(4096).describe('memory of a task'),
  taskDiskGiB: z.coerce.number().int().min(21).max(200).default(50).describe('disk of a task'),
  logDays: z.coerce
    .number()
    .pipe(z.union([1, 3, 7, 14, 30, 60, 90, 180, 365].map((days) => z.literal(days))))
    .default(30)
    .describe('how long logs are kept'),
})
export type Context = z.infer<typeof Context>

/** Reads the keys that are ours. Throws a TypeError that names each key which is wrong. */
export const readContext = (node: Node): Context => {
  const all: [string, unknown][] = Object.entries(node.getAllContext())
  const ours = all.filter(([key]) => key.startsWith(PREFIX))
  const parsed = Context.safeParse(
    Object.fromEntries(ours.map(([key, value]) => [key.slice(PREFIX.length), value])),
  )
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${PREFIX}${key}: there is no such key`)
      : [`${PREFIX}${issue.path.join('.')}: ${issue.message}`],
  )
  throw new TypeError(`context: ${lines.join('; ')}`)
}

/** The command line gives text where cdk.json gives JSON. */
function json<T extends z.ZodType>(contract: T) {
  return z.preprocess((given, { addIssue }) => {
    if (typeof given !== 'string') return given
    try {
      return JSON.parse(given)
    } catch {
      addIssue({ code: 'custom', message: 'must be JSON' })
      return z.NEVER
    }
  }, contract)
}
