import type { Clocks } from '#core/contracts/project.ts'
import type { FaultClass } from '#core/faults.ts'
import { type Spending, spentShare } from './cost.ts'
import { expiredClock, type Watch } from './expired-clock.ts'

/** What a supervisor looks at, several times a second. Times in epoch milliseconds. */
export interface Look extends Spending {
  readonly now: number
  readonly clocks: Clocks
  readonly watch: Watch
  /** When the run must be over (S5). */
  readonly deadline: number
}

/** The class under which an attempt must end now, or undefined: it may go on (T2, T12, S5). */
export const mustEnd = (look: Look): FaultClass | undefined => {
  if (spentShare(look) >= 1) return 'budget.exhausted'
  if (look.now > look.deadline) return 'turn.timed_out'
  return expiredClock(look.clocks, look.watch, look.now)
}

/** Share of the budget at which it is said, once (T12). */
export const WARN_AT = 0.8
