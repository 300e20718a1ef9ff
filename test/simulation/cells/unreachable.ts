import type { AttemptState } from '#core/contracts/attempt.ts'
import { attemptEnded } from '#core/decisions/transition.ts'
import type { Column } from './columns.ts'

/** Why something cannot happen while the newest attempt is in a state; undefined: it can. */
export const unreachable = (state: AttemptState, column: Column): string | undefined => {
  if (column === 'end of another told')
    return state === 'launching'
      ? 'no task of its own is known that it could be told from'
      : undefined
  const from = FROM[column]
  if (from === undefined) return undefined
  if (attemptEnded(state)) return 'its task has stopped: what comes late is a stale beat or answer'
  if (column === 'dies') return undefined
  if (!CLAIMED.includes(state)) return 'nothing works on it yet'
  const seen = from.includes(state)
  return seen ? undefined : 'stages only go forward, and the table never is ahead of the supervisor'
}

const CLAIMED: readonly AttemptState[] = [
  'preparing',
  'working',
  'tool',
  'nudged',
  'verifying',
  'finishing',
]

/** States in the table from which a supervisor's own doing comes; it lags behind who is cut off. */
const UP_TO = (last: AttemptState) => CLAIMED.slice(0, CLAIMED.indexOf(last) + 1)
const AGENT = UP_TO('nudged')

const FROM: Partial<Record<Column, readonly AttemptState[]>> = {
  'is prepared': UP_TO('preparing'),
  speaks: AGENT,
  'starts a tool': AGENT,
  'ends a tool': AGENT,
  polls: AGENT,
  'is told to retry': AGENT,
  'spends a little': AGENT,
  'spends all': AGENT,
  verifies: AGENT,
  finishes: UP_TO('verifying'),
  succeeds: CLAIMED,
  fails: CLAIMED,
  hangs: CLAIMED,
  wakes: CLAIMED,
  'is cut off': CLAIMED,
  dies: CLAIMED,
}
