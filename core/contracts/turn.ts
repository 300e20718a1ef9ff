import { z } from 'zod'
import { Reason } from '#core/reasons.ts'
import { Phase } from './phase.ts'

/** How a turn ended. `done` says that the agent completed, not that its work is good. */
export const TurnOutcome = z.enum([
  'done',
  'partial',
  'blocked',
  'failed',
  'budget',
  'cancelled',
  'timed_out',
])
export type TurnOutcome = z.infer<typeof TurnOutcome>

export const TurnStatus = z.enum(['running', ...TurnOutcome.options])
export type TurnStatus = z.infer<typeof TurnStatus>

/** What an ended turn came to, as far as the loop is concerned; set by RecordTurn. */
export const TurnVerdict = z.enum(['continue', 'clean', 'dirty', 'proved', 'unproved', 'complete'])
export type TurnVerdict = z.infer<typeof TurnVerdict>

/** One piece of work in one phase: what the pipeline asks for. Its tries are attempts. */
export const Turn = z.strictObject({
  /** `<run id>-t<number>`, also the name of its execution. */
  id: z.string(),
  runId: z.string(),
  projectId: z.string(),
  number: z.number().int(),
  phase: Phase,
  /** Number of the section, from 0, 0 for turns that are of none. */
  section: z.number().int(),
  nextTask: z.string().optional(),
  status: TurnStatus,
  reason: Reason.optional(),
  attempts: z.number().int(),
  /** Failures so far by class: each has its own bound. */
  failures: z.record(z.string(), z.number().int()),
  /** Which model of the project's chain is tried, from 0 (T13). */
  model: z.number().int().default(0),
  /** When its next attempt may start: after a backoff or a provider's limit. */
  retryAt: z.iso.datetime().optional(),
  verdict: TurnVerdict.optional(),
  /** The attempt whose result counts. */
  attemptId: z.string().optional(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
})
export type Turn = z.infer<typeof Turn>
