import { z } from 'zod'
import { Timestamp } from './timestamp.ts'

const Expression = z.string().regex(/^\{%[\s\S]*%\}$/, 'must be a JSONata expression {% … %}')

/** Seconds as AWS bounds them (at most 99,999,999), or an expression that gives them. */
const Seconds = (least: number) => z.union([z.int().min(least).max(99_999_999), Expression])

const Template = z.unknown()
// `$states` is AWS's own.
const Variables = z.record(
  z.string().regex(/^(?!states$)[\p{L}_][\p{L}\p{N}_]{0,79}$/u, 'is not a variable name'),
  Template,
)

const described = {
  Comment: z.string().optional(),
  QueryLanguage: z.literal('JSONata').optional(),
}
const onward = { Next: z.string().optional(), End: z.boolean().optional() }
const shaped = { Assign: Variables.optional(), Output: Template.optional() }

const Retrier = z.strictObject({
  ErrorEquals: z.array(z.string()).min(1),
  Comment: z.string().optional(),
  IntervalSeconds: z.int().min(1).max(99_999_999).default(1),
  MaxAttempts: z.int().min(0).max(99_999_999).default(3),
  BackoffRate: z.number().min(1).default(2),
  MaxDelaySeconds: z.int().min(1).max(31_622_399).optional(),
  JitterStrategy: z.literal(['FULL', 'NONE']).default('NONE'),
})

const Catcher = z.strictObject({
  ErrorEquals: z.array(z.string()).min(1),
  Next: z.string(),
  Comment: z.string().optional(),
  ...shaped,
})

const Task = z.strictObject({
  Type: z.literal('Task'),
  ...described,
  ...onward,
  ...shaped,
  Resource: z.string(),
  Arguments: Template.optional(),
  TimeoutSeconds: Seconds(1).optional(),
  HeartbeatSeconds: Seconds(1).optional(),
  Retry: z.array(Retrier).optional(),
  Catch: z.array(Catcher).optional(),
})

const Rule = z.strictObject({
  Condition: z.union([z.boolean(), Expression]),
  Next: z.string(),
  Comment: z.string().optional(),
  ...shaped,
})

const Choice = z.strictObject({
  Type: z.literal('Choice'),
  ...described,
  ...shaped,
  Choices: z.array(Rule).min(1),
  Default: z.string().optional(),
})

const Wait = z.strictObject({
  Type: z.literal('Wait'),
  ...described,
  ...onward,
  ...shaped,
  Seconds: Seconds(0).optional(),
  Timestamp: z.union([Timestamp, Expression]).optional(),
})

const Pass = z.strictObject({ Type: z.literal('Pass'), ...described, ...onward, ...shaped })
const Succeed = z.strictObject({
  Type: z.literal('Succeed'),
  ...described,
  Output: Template.optional(),
})
const Fail = z.strictObject({
  Type: z.literal('Fail'),
  ...described,
  Error: z.string().optional(),
  Cause: z.string().optional(),
})

const State = z.discriminatedUnion('Type', [Task, Choice, Wait, Pass, Succeed, Fail])

/** A state machine's definition in the part of the language that the engine runs; all else is refused. */
export const Definition = z.strictObject({
  StartAt: z.string(),
  States: z.record(z.string().max(80), State),
  Comment: z.string().optional(),
  Version: z.literal('1.0').optional(),
  QueryLanguage: z.literal(['JSONata', 'JSONPath']).optional(),
  TimeoutSeconds: z.int().min(1).max(99_999_999).optional(),
})
export type Definition = z.infer<typeof Definition>
export type State = z.infer<typeof State>
export type StateOf<T extends State['Type']> = Extract<State, { Type: T }>
export type Retrier = z.infer<typeof Retrier>
export type Catcher = z.infer<typeof Catcher>
