import type { Completion } from '#core/contracts/completion.ts'
import type { Retries } from '#core/contracts/project.ts'
import type { TurnOutcome } from '#core/contracts/turn.ts'
import { FAULTS, type FaultClass, isFaultClass } from '#core/faults.ts'
import type { Reason } from '#core/reasons.ts'
import { afterModel } from './after-model.ts'

/** How an attempt ended: with a completion, or as a failure class. */
export type AttemptEnd = { readonly completion: Completion } | { readonly class: FaultClass }

/** What the next step of a turn is decided from when one of its attempts has ended. */
export interface EndedAttempt {
  readonly end: AttemptEnd
  /** The turn's failures so far by class, this one included. */
  readonly failures: Readonly<Record<string, number>>
  readonly retries: Retries
  /** Which model of the chain was tried, from 0, and how many there are. */
  readonly model: number
  readonly models: number
  /** When the provider's limit ends, where it said so; epoch milliseconds, as `now`. */
  readonly resetAt?: number | undefined
  readonly now: number
  /** How long the run has waited for providers before. */
  readonly waitedSeconds: number
}

/**
 * What follows: the turn is over, or another attempt after so many whole seconds, for a Wait takes
 * no other. A `wait` is one for a provider: no failure, free of charge, and without a slot (T13).
 */
export type Following =
  | { readonly verdict: 'over'; readonly outcome: TurnOutcome; readonly reason?: Reason }
  | { readonly verdict: 'retry_after' | 'wait'; readonly seconds: number; readonly model: number }

/** At most so many infrastructure relaunches a turn, over all classes. */
export const RELAUNCHES = 12

/** Whether a turn is over when an attempt has ended (T6, T13, failure classes). */
export const afterAttempt = (ended: EndedAttempt): Following =>
  'class' in ended.end ? afterFault(ended.end.class, ended) : completed(ended.end.completion)

const afterFault = (fault: FaultClass, ended: EndedAttempt): Following => {
  const { failures, retries, model } = ended
  const { acts, tries, backoffSeconds, chain } = FAULTS[fault]
  if (chain) return afterModel(chain, ended, failures[fault] ?? 1) ?? over('blocked', fault)
  const stall = fault === 'stall.progress' || fault === 'stall.tool'
  const allowed = stall ? retries.stalls : tries
  const counted = stall ? stallsOf(failures) : (failures[fault] ?? 1)
  if (counted > allowed || infrastructureOf(failures) > RELAUNCHES)
    return over(
      OUTCOMES[fault] ?? (acts === 'Bug' ? 'failed' : 'blocked'),
      stall ? 'stall_restarts_exhausted' : fault,
    )
  const base = stall ? retries.backoffSeconds : Math.min(backoffSeconds, retries.backoffSeconds)
  const seconds = Math.ceil(Math.min(base * 2 ** (counted - 1), retries.backoffCapSeconds))
  return { verdict: 'retry_after', seconds, model }
}

/** Of an agent's own class only a word of the table is taken: reasons are a closed list (S2). */
const completed = ({ status, failureClass }: Completion): Following =>
  over(
    COMPLETED[status],
    failureClass !== undefined && isFaultClass(failureClass) ? failureClass : undefined,
  )

/** The turn's outcome for each word that a completion may say; `continue` is done and goes on. */
const COMPLETED: Record<Completion['status'], TurnOutcome> = {
  done: 'done',
  continue: 'done',
  blocked: 'blocked',
  failed: 'failed',
  partial: 'partial',
}

/** Classes that do not simply block the turn when their tries are spent. */
const OUTCOMES: Partial<Record<FaultClass, TurnOutcome>> = {
  cancelled: 'cancelled',
  'budget.exhausted': 'budget',
  'turn.timed_out': 'timed_out',
  'agent.no_completion': 'failed',
  'agent.bad_completion': 'failed',
  'workspace.unsafe': 'failed',
}

const over = (outcome: TurnOutcome, reason?: Reason): Following => ({
  verdict: 'over',
  outcome,
  ...(reason !== undefined && { reason }),
})

const stallsOf = (failures: Readonly<Record<string, number>>): number =>
  (failures['stall.progress'] ?? 0) + (failures['stall.tool'] ?? 0)

const infrastructureOf = (failures: Readonly<Record<string, number>>): number =>
  Object.entries(failures)
    .filter(([name]) => name.startsWith('worker.') || name.startsWith('launch.'))
    .reduce((sum, [, count]) => sum + count, 0)
