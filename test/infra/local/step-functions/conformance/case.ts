import { z } from 'zod'

const Callback = z.object({
  stateName: z.string(),
  sendTaskSuccess: z.object({ output: z.unknown() }).optional(),
  sendTaskFailure: z
    .object({ error: z.string().optional(), cause: z.string().optional() })
    .optional(),
  none: z.boolean().optional(),
  heartbeats: z.number().optional(),
  heartbeatAfterSeconds: z.number().optional(),
})

const ServiceAnswer = z.object({
  stateName: z.string(),
  resource: z.string(),
  result: z.unknown().optional(),
  error: z.object({ error: z.string(), cause: z.string() }).optional(),
})
export type ServiceAnswer = z.infer<typeof ServiceAnswer>

const Behaviour = z.union([
  z.literal('echo'),
  z.strictObject({ return: z.unknown() }),
  z.strictObject({ throw: z.strictObject({ errorType: z.string(), errorMessage: z.string() }) }),
  z.strictObject({ js: z.string() }),
])
const LambdaBehaviour = z.union([
  Behaviour,
  // biome-ignore lint/suspicious/noThenProperty: the recorded format names it so
  z.strictObject({ delaySeconds: z.number(), then: Behaviour }),
])
export type LambdaBehaviour = z.infer<typeof LambdaBehaviour>

const Expected = z.object({
  status: z.string().optional(),
  output: z.unknown().optional(),
  error: z.unknown().optional(),
  cause: z.unknown().optional(),
  events: z.array(z.record(z.string(), z.unknown())).optional(),
  order: z.enum(['strict', 'concurrent']).optional(),
  ignoreTypes: z.array(z.string()).default([]),
  errorCode: z.string().optional(),
  result: z.string().optional(),
  diagnostics: z.array(z.unknown()).optional(),
})
export type Expected = z.infer<typeof Expected>

/** One recorded case; the format is described beside the fixture's origin. */
export const Case = z.object({
  id: z.string(),
  group: z.string(),
  kind: z.enum(['execution', 'createError', 'validate']),
  stateMachineType: z.string(),
  features: z.array(z.string()),
  definition: z.unknown().optional(),
  definitionText: z.string().optional(),
  input: z.unknown().optional(),
  lambdas: z.record(z.string(), z.object({ behaviour: LambdaBehaviour })).default({}),
  services: z.array(ServiceAnswer).default([]),
  callbacks: z.array(Callback).default([]),
  stateMachines: z.record(z.string(), z.object({ definition: z.unknown().optional() })).default({}),
  actions: z.array(z.object({ stopExecution: z.object({ afterEvent: z.string() }) })).default([]),
  expected: Expected,
})
export type Case = z.infer<typeof Case>

/** Reads a file of cases, one a line. */
export function readCases(text: string): Case[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => Case.parse(JSON.parse(line)))
}
