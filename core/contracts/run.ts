import { z } from 'zod'
import { Reason } from '#core/reasons.ts'
import { ProjectConfig, ProjectId } from './project.ts'
import { ProofSummary } from './proof.ts'

/** Terminal run states are the words of "From attempt to plan" in the behaviours (S2). */
export const RunOutcome = z.enum([
  'executed',
  'no_plan',
  'proposed',
  'blocked',
  'exhausted',
  'budget_exhausted',
  'timed_out',
  'cancelled',
  'failed',
])
export type RunOutcome = z.infer<typeof RunOutcome>

export const RunStatus = z.enum(['queued', 'running', ...RunOutcome.options])
export type RunStatus = z.infer<typeof RunStatus>

/** What set a run off. */
export const Trigger = z.enum(['schedule', 'manual', 'webhook', 'wake', 'approval'])
export type Trigger = z.infer<typeof Trigger>

/** One pass of the pipeline. */
export const Run = z.strictObject({
  id: z.string(),
  projectId: ProjectId,
  /** Holds the scheduled minute or the delivery id: the same fire twice starts one run (G16). */
  fireId: z.string(),
  trigger: Trigger,
  /** Who asked: a token's name, or the schedule. */
  actor: z.string(),
  /** Gates that a manual fire was allowed to pass (G15). */
  forced: z.array(z.string()),
  status: RunStatus,
  reason: Reason.optional(),
  /** Said beside `executed`: proof or delivery came out short. */
  attention: z.string().optional(),
  /** Frozen at the fire (T18). */
  config: ProjectConfig,
  /** Version ARN of the turn workflow and task definition revisions, pinned at the start (T18). */
  pinned: z.strictObject({ turnWorkflow: z.string(), taskDefinition: z.string() }).optional(),
  task: z.string().optional(),
  planId: z.string().optional(),
  cycleId: z.string().optional(),
  /** Number of the last event (M1). */
  sequence: z.number().int(),
  turns: z.number().int(),
  attempts: z.number().int(),
  usd: z.number().min(0),
  tokens: z.number().min(0).default(0),
  /** Part of `usd` is an average and no measurement (T12). */
  usdEstimated: z.boolean().default(false),
  /** Waits for a provider's limit to end; its slot is given back meanwhile (T13). */
  wait: z
    .strictObject({ since: z.iso.datetime(), until: z.iso.datetime(), class: z.string() })
    .optional(),
  /** Seconds of such waits so far. */
  waitedSeconds: z.number().min(0).default(0),
  /** The run where this one goes on (D6). */
  resumes: z.string().optional(),
  cancel: z.strictObject({ at: z.iso.datetime(), by: z.string() }).optional(),
  proof: ProofSummary.optional(),
  /** Keys of the report in the bucket. */
  report: z.strictObject({ markdown: z.string(), json: z.string() }).optional(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().optional(),
  deadlineAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
})
export type Run = z.infer<typeof Run>
