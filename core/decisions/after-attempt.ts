import type { Completion } from '#core/contracts/completion.ts'
import type { Retries } from '#core/contracts/project.ts'
import type { TurnOutcome } from '#core/contracts/turn.ts'
import { FAULTS, type FaultClass, isFaultClass } from '#core/faults.ts'

/** How an attempt ended: with a completion, or as a failure class. */
export type AttemptEnd = { readonly completion: Completion } | { readonly class: FaultClass }

/** What follows: the turn is over, or another attempt after so many seconds. */
export type Following =
  | { readonly verdict: 'over'; readonly outcome: TurnOutcome; readonly reason?: string }
  | {
      readonly verdict: 'retry_after' /** Whole: a Wait takes no other. */
      readonly seconds: number
    }

/** At most so many infrastructure relaunches a turn, over all classes. */
export const RELAUNCHES = 12

/**
 * Whether a turn is over (T6, failure classes). `failures` counts the turn's failures so far by
 * class, this one included.
 */
export const afterAttempt = (
  end: AttemptEnd,
  failures: Readonly<Record<string, number>>,
  retries: Retries,
): Following => {
  if ('completion' in end) return completed(end.completion)
  const { acts, tries, backoffSeconds } = FAULTS[end.class]
  const count = failures[end.class] ?? 1
  const stall = end.class === 'stall.progress' || end.class === 'stall.tool'
  const allowed = stall ? retries.stalls : tries
  const counted = stall ? stallsOf(failures) : count
  if (counted > allowed || infrastructureOf(failures) > RELAUNCHES)
    return over(
      OUTCOMES[end.class] ?? (acts === 'Bug' ? 'failed' : 'blocked'),
      reasonOf(end.class, stall),
    )
  const base = stall ? retries.backoffSeconds : Math.min(backoffSeconds, retries.backoffSeconds)
  return {
    verdict: 'retry_after',
    seconds: Math.ceil(Math.min(base * 2 ** (counted - 1), retries.backoffCapSeconds)),
  }
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

const over = (outcome: TurnOutcome, reason?: string): Following => ({
  verdict: 'over',
  outcome,
  ...(reason !== undefined && { reason }),
})

const reasonOf = (fault: FaultClass, stall: boolean): string =>
  stall ? 'stall_restarts_exhausted' : fault

const stallsOf = (failures: Readonly<Record<string, number>>): number =>
  (failures['stall.progress'] ?? 0) + (failures['stall.tool'] ?? 0)

const infrastructureOf = (failures: Readonly<Record<string, number>>): number =>
  Object.entries(failures)
    .filter(([name]) => name.startsWith('worker.') || name.startsWith('launch.'))
    .reduce((sum, [, count]) => sum + count, 0)
