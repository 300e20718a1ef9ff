import type { TurnOutcome } from '#core/contracts/turn.ts'
import type { Reason } from '#core/reasons.ts'

/** Why no further attempt may start, or undefined: checked before each launch (T12, S1, S5). */
export const admitAttempt = (facts: {
  cancelled: boolean
  pastDeadline: boolean
  usdLeft: number
  /** Undefined: no limit. */
  tokensLeft?: number | undefined
}): { outcome: TurnOutcome; reason?: Reason } | undefined => {
  if (facts.cancelled) return { outcome: 'cancelled' }
  if (facts.pastDeadline) return { outcome: 'timed_out', reason: 'deadline' }
  if (facts.usdLeft <= 0 || (facts.tokensLeft ?? 1) <= 0)
    return { outcome: 'budget', reason: 'budget.exhausted' }
  return undefined
}
