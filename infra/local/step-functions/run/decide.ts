import type { StateOf } from '../definition/schema.ts'
import { leaveTask, scheduleTask } from '../states/task.ts'
import { leaveWait } from '../states/wait.ts'
import { childOutcome } from '../tasks/child-outcome.ts'
import { enterState } from './enter-state.ts'
import { failState } from './fail-state.ts'
import { lateness } from './lateness.ts'
import { settleTask } from './settle-task.ts'
import { end, type Step } from './step.ts'

/** What changes an execution; its commit follows. */
export type Act = () => void | Promise<void>

/** What an execution does now: a move, the carrying out of its task, or nothing until somebody or time moves it. */
export type Decision = { act: Act } | { call: true } | undefined

/** Decides by the position and the time alone, so that a reopened execution goes on as it would have. */
export function decide(step: Step): Decision {
  const { execution, state, now } = step
  const { phase, until = 0 } = execution.position
  if (execution.status !== 'RUNNING') return undefined
  if ((execution.deadline ?? Infinity) <= now) return { act: () => end(step, 'TIMED_OUT', {}) }
  if (execution.lastEvent >= EVENT_LIMIT - 1) return { act: () => end(step, 'FAILED', TOO_LONG) }
  if (phase === 'entering') return { act: () => enterState(step) }
  if (state.Type === 'Task') return decideTask({ ...step, state })
  if (state.Type !== 'Wait' || until > now) return undefined
  return { act: () => leaveWait({ ...step, state }) }
}

// AWS ends an execution at this number of events; here it also ends a loop that would never rest.
const EVENT_LIMIT = 25_000
const TOO_LONG = {
  error: 'States.Runtime',
  cause: `The execution reached the maximum number of history events (${EVENT_LIMIT}).`,
}

function decideTask(step: Step<StateOf<'Task'>>): Decision {
  const { execution, state, now, world } = step
  const { phase, until = 0, task, outcome } = execution.position
  if (phase === 'retrying') return until <= now ? { act: () => scheduleTask(step) } : undefined
  if (phase === 'settled' && outcome) {
    if ('result' in outcome) return { act: () => leaveTask(step, outcome.result) }
    return { act: () => failState(step, outcome) }
  }
  const ended = task?.child && childOutcome(world, state.Resource, task.child)
  if (ended) return { act: () => settleTask(step, ended) }
  const late = lateness(step)
  if (late) return { act: late }
  return phase === 'invoking' ? { call: true } : undefined
}
