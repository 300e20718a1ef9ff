import { AttemptState } from '#core/contracts/attempt.ts'
import type { Happening, Schedule } from '../schedule.ts'
import { COLUMNS, type Column, EXAMPLES } from './columns.ts'
import { unreachable } from './unreachable.ts'

/** A schedule by which a cell of the matrix is hit with its last happening. */
export interface WayTo {
  readonly state: AttemptState
  readonly column: Column
  readonly schedule: Schedule
}

/** The ways to all cells that can be reached. */
export const waysToAll = (): WayTo[] =>
  AttemptState.options.flatMap((state) =>
    COLUMNS.filter((column) => !unreachable(state, column)).map((column) => ({
      state,
      column,
      schedule: {
        resumes: state === 'nudged',
        plans: false,
        models: 0,
        pace: 0,
        happenings: [...wayTo(state, column), EXAMPLES[column]],
        ending: 'all goes well',
      },
    })),
  )

const wayTo = (state: AttemptState, column: Column): Happening[] => {
  if (column.startsWith('abort') && HELD[state]) return HELD[state]
  const older = OF_AN_OLDER.includes(column) && state !== 'launching'
  const way = [...(older ? OLDER : []), ...TO[state]]
  if (column === 'wakes') return [...way, { what: 'hangs' }]
  if (column === 'pipeline end told again' && !OVER.includes(state))
    return [...way, { what: 'abort', of: 'pipeline', told: 'never' }]
  const behind = state === 'preparing' && (column === 'finishes' || OF_AGENTS.includes(column))
  return behind ? [...way, { what: 'is cut off', seconds: 25 }, { what: 'is prepared' }] : way
}

const boots: Happening = { what: 'boots' }
const prepared: Happening = { what: 'is prepared' }
const time = (seconds: number): Happening => ({ what: 'time', seconds })
const fails: Happening = { what: 'fails', class: 'agent.crashed' }
const answerLost: Happening = { what: 'step', how: 'answer lost' }

/** An attempt that is over, and its backoff. */
const OLDER: Happening[] = [boots, fails, time(2)]
const OF_AN_OLDER: readonly Column[] = ['stale beat', 'stale answer', 'end told again']
const OF_AGENTS: readonly Column[] = [
  'speaks',
  'starts a tool',
  'ends a tool',
  'polls',
  'is told to retry',
  'spends a little',
  'spends all',
  'verifies',
]

/** What brings a new attempt to a state. */
export const TO: Record<AttemptState, Happening[]> = {
  launching: [boots, fails, { what: 'launch', how: 'slow' }, time(2)],
  starting: [],
  preparing: [boots],
  working: [boots, prepared],
  tool: [boots, prepared, { what: 'starts a tool' }, time(11)],
  nudged: [boots, prepared, time(75)],
  verifying: [boots, prepared, { what: 'verifies' }],
  finishing: [boots, prepared, { what: 'finishes' }],
  succeeded: [boots, prepared, { what: 'succeeds', status: 'done' }],
  failed: [boots, fails, time(1)],
  stalled: [boots, prepared, time(66)],
  lost: [boots, { what: 'dies', of: 'crash', told: 'now' }],
  cancelled: [boots, { what: 'cancel' }, time(5)],
  timed_out: [boots, prepared, { what: 'fails', class: 'turn.timed_out' }, time(1)],
  budget: [boots, prepared, { what: 'spends all' }, time(3)],
}

/** States in which the run is over, too. */
const OVER: readonly AttemptState[] = ['succeeded', 'cancelled', 'budget']

/** For those: the attempt is over, and the answer of the step that ended it was lost. */
const HELD: Partial<Record<AttemptState, Happening[]>> = {
  succeeded: [boots, prepared, answerLost, { what: 'succeeds', status: 'done' }],
  cancelled: [boots, { what: 'cancel' }, answerLost, time(1)],
  budget: [boots, prepared, { what: 'spends all' }, answerLost, time(1)],
}
