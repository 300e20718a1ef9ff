import { z } from 'zod'
import { Phase } from './phase.ts'
import { Usage } from './usage.ts'

/** Legal moves between these are in `core/decisions/transition.ts` (T1). */
export const AttemptState = z.enum([
  'launching',
  'starting',
  'preparing',
  'working',
  'tool',
  'nudged',
  'verifying',
  'finishing',
  'succeeded',
  'failed',
  'stalled',
  'lost',
  'cancelled',
  'timed_out',
  'budget',
])
export type AttemptState = z.infer<typeof AttemptState>

/** One thing that the agent was seen doing; a beat carries the last of them (≤ 4 KB, M1). */
export const Act = z.strictObject({ at: z.iso.datetime(), what: z.string().max(200) })
export type Act = z.infer<typeof Act>

/** How a container came to its end, from the task's state change event (T9). */
export const TaskEnd = z.strictObject({
  at: z.iso.datetime(),
  stopCode: z.string().optional(),
  stoppedReason: z.string().optional(),
  exitCode: z.number().int().optional(),
})
export type TaskEnd = z.infer<typeof TaskEnd>

/** Where a task is to run, where it is not on spot capacity at the size of its definition. */
export const Placement = z.strictObject({
  onDemand: z.boolean(),
  /** CPU units and MiB, as RunTask takes them. */
  size: z.strictObject({ cpu: z.string(), memory: z.string() }).optional(),
})
export type Placement = z.infer<typeof Placement>

/** One try at a turn, one Fargate task. */
export const Attempt = z.strictObject({
  /** `<turn id>-a<number>`, also client token and `startedBy` of its task. */
  id: z.string(),
  runId: z.string(),
  turnId: z.string(),
  projectId: z.string(),
  number: z.number().int(),
  phase: Phase,
  state: AttemptState,
  /** Grows with every attempt of a project; a write with an older one loses. */
  fencingToken: z.number().int(),
  /** Of the workflow's waiting task. Never leaves the table but to the task's own process. */
  taskToken: z.string().optional(),
  taskArn: z.string().optional(),
  /** What works on it: task ARN and process id, set by the claim (T10). */
  claim: z.strictObject({ taskArn: z.string(), pid: z.number().int() }).optional(),
  taskEnd: TaskEnd.optional(),
  cancelRequested: z.boolean().default(false),
  /** What the supervisor is doing, so that any wait can say what it waits for. */
  stage: z.string().optional(),
  stageSince: z.iso.datetime().optional(),
  beatAt: z.iso.datetime().optional(),
  beats: z.number().int().default(0),
  acts: z.array(Act).default([]),
  usage: Usage.default({}),
  usd: z.number().min(0).default(0),
  runtime: z.string(),
  /** On demand after a reclaim, larger after the kernel ended the last one for want of memory. */
  placement: Placement.optional(),
  /** What stood around its agent (A7). */
  sandbox: z.string().optional(),
  model: z.string().optional(),
  sessionId: z.string().optional(),
  /** Last checkpoint, in the bucket. */
  checkpoint: z
    .strictObject({ key: z.string(), commit: z.string(), workTree: z.string().optional() })
    .optional(),
  /** Failure class. */
  class: z.string().optional(),
  reason: z.string().max(500).optional(),
  launchedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
})
export type Attempt = z.infer<typeof Attempt>
