import { z } from 'zod'

/** Kinds are dotted and in the past tense (M1). */
export const EventKind = z.enum([
  'run.started',
  'run.cancel_requested',
  'run.ended',
  'plan.proposed',
  'plan.refused',
  'plan.started',
  'plan.completed',
  'plan.failed',
  'plan.returned',
  'cycle.opened',
  'cycle.reused',
  'turn.started',
  'turn.ended',
  'attempt.launched',
  'attempt.claimed',
  'attempt.stalled',
  'attempt.lost',
  'attempt.nudged',
  'attempt.busy_waited',
  'attempt.ended',
  'budget.warned',
  'provider.waited',
  'provider.resumed',
  'verification.ended',
  'proof.ended',
  'finding.opened',
  'finding.closed',
  'report.written',
  'sweep.corrected',
])
export type EventKind = z.infer<typeof EventKind>

/** Something that happened to a run, written in the transaction that made it so. */
export const Event = z.strictObject({
  runId: z.string(),
  /** Counts from 1 within the run, without gaps. */
  sequence: z.number().int(),
  at: z.iso.datetime(),
  /** Which part wrote it: a step, a handler, a supervisor, a person. */
  actor: z.string(),
  kind: EventKind,
  turnId: z.string().optional(),
  attemptId: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  reason: z.string().optional(),
  /** Small facts that the report cites. */
  facts: z.record(z.string(), z.unknown()).optional(),
})
export type Event = z.infer<typeof Event>

/** An event before it has its place in the run. */
export type NewEvent = Omit<Event, 'runId' | 'sequence' | 'at' | 'actor'>
