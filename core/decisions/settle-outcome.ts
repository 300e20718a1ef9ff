import type { Phase } from '#core/contracts/phase.ts'
import type { RunOutcome } from '#core/contracts/run.ts'
import type { TurnStatus } from '#core/contracts/turn.ts'
import { FAULTS, isFaultClass } from '#core/faults.ts'
import { type Reason, reasonOfError } from '#core/reasons.ts'

/** What a run's end is judged from. */
export interface RunFacts {
  readonly cancelled: boolean
  /** Name of the error that a workflow ended with, if one did. */
  readonly error: string | undefined
  readonly planned: boolean
  readonly proposedOnly: boolean
  /** Why the loop ended, where it was not by its report. */
  readonly loopEnd: 'turns' | 'section_iterations' | undefined
  readonly turns: readonly { phase: Phase; status: TurnStatus; reason?: Reason | undefined }[]
  readonly proved: boolean | undefined
  readonly pastDeadline: boolean
}

/** A run's terminal state and its reason; a closed list (S2). */
export interface Settled {
  readonly outcome: RunOutcome
  readonly reason?: Reason
  readonly attention?: string
}

/** The outcome of a run ("From attempt to plan"). Pure and total: every run ends as something. */
export const settleOutcome = (facts: RunFacts): Settled => {
  if (facts.cancelled) return { outcome: 'cancelled' }
  if (facts.error !== undefined) return { outcome: 'failed', reason: reasonOfError(facts.error) }
  const worker = facts.turns.filter(({ phase }) => phase !== 'report')
  const last = worker.at(-1)
  const trouble = last && last.status !== 'done' ? fromTurn(last) : undefined
  if (facts.pastDeadline && trouble) return { outcome: 'timed_out', reason: 'deadline' }
  if (trouble) return trouble
  if (!facts.planned) return { outcome: 'no_plan' }
  if (facts.proposedOnly) return { outcome: 'proposed' }
  if (facts.loopEnd !== undefined) return { outcome: 'exhausted', reason: facts.loopEnd }
  if (last?.phase !== 'prove') return { outcome: 'failed', reason: 'unfinished' }
  return facts.proved ? { outcome: 'executed' } : { outcome: 'executed', attention: 'not_proved' }
}

const fromTurn = ({ phase, status, reason }: RunFacts['turns'][number]): Settled => {
  const because = reason === undefined ? {} : { reason }
  if (status === 'failed' && AUDITS.includes(phase) && isAgents(reason))
    return { outcome: 'blocked', ...because }
  switch (status) {
    case 'running':
      return { outcome: 'failed', reason: 'unfinished' }
    case 'partial':
      return { outcome: 'exhausted', ...because }
    case 'budget':
      return { outcome: 'budget_exhausted', ...because }
    case 'done':
    case 'blocked':
    case 'failed':
    case 'cancelled':
    case 'timed_out':
      return { outcome: status === 'done' ? 'executed' : status, ...because }
  }
}

/** An audit that its agent could not do blocks the run: never clean by default (E9). */
const AUDITS: readonly Phase[] = ['audit', 'final_audit']

const isAgents = (reason: string | undefined): boolean =>
  reason === undefined || !isFaultClass(reason) || FAULTS[reason].acts === 'Agent'

/** What becomes of the run's plan. */
export const planAfter = (outcome: RunOutcome): 'completed' | 'failed' | 'ready' => {
  if (outcome === 'executed') return 'completed'
  return outcome === 'cancelled' || outcome === 'proposed' ? 'ready' : 'failed'
}

/** Whether a run counts as a failure in a row, clears the count, or leaves it (G14). */
export const failuresAfter = (before: number, { outcome, attention }: Settled): number => {
  if (outcome === 'no_plan' || outcome === 'proposed') return 0
  if (outcome === 'executed') return attention === undefined ? 0 : before
  return outcome === 'cancelled' || outcome === 'budget_exhausted' ? before : before + 1
}

/** Failed runs in a row at which a project is paused (G14). */
export const AUTO_PAUSE_AT = 3
