import type { Clocks } from '#core/contracts/project.ts'
import type { FaultClass } from '#core/faults.ts'
import { expiredClock, type Watch } from './expired-clock.ts'

/** What a supervisor looks at, several times a second. Times in epoch milliseconds. */
export interface Look {
  readonly now: number
  readonly clocks: Clocks
  readonly watch: Watch
  /** What the agent has spent as far as it says, and what it may spend, in US dollars. */
  readonly usd: number
  readonly usdLeft: number
  /** When the run must be over (S5). */
  readonly deadline: number
}

/** The class under which an attempt must end now, or undefined: it may go on (T2, T12, S5). */
export const mustEnd = (look: Look): FaultClass | undefined => {
  if (look.usd > 0 && look.usd >= look.usdLeft) return 'budget.exhausted'
  if (look.now > look.deadline) return 'turn.timed_out'
  return expiredClock(look.clocks, look.watch, look.now)
}

/** Share of the budget at which it is said, once (T12). */
export const WARN_AT = 0.8
