import { leaveTask, scheduleTask } from '../states/task.ts'
import { leaveWait } from '../states/wait.ts'
import { childOutcome } from '../tasks/child-outcome.ts'
import { enterState } from './enter-state.ts'
import { failState } from './fail-state.ts'
import { settleTask } from './settle-task.ts'
import { end, type Step } from './step.ts'

/** What changes an execution; its commit follows. */
export type Act = () => void | Promise<void>

/** What an execution does now: a move, the carrying out of its task, or nothing until somebody or time moves it. */
export type Decision = { act: Act } | { call: true } | undefined

/** Decides by the position and the time alone, so that a reopened execution goes on as it would have. */
export function decide(step: Step): Decision {
  const { execution, state, now } = step
  if (execution.status !== 'RUNNING') return undefined
  const { phase, until = 0, task, outcome } = execution.position
  if (execution.deadline !== null && execution.deadline <= now)
    return { act: () => end(step, 'TIMED_OUT', {}) }
  if (phase === 'entering') return { act: () => enterState(step) }
  if (phase === 'waiting' && state.Type === 'Wait') {
    return until <= now ? { act: () => leaveWait({ ...step, state }) } : undefined
  }
  if (state.Type !== 'Task') throw new Error(`A ${state.Type} state has no phase ${phase}`)
  if (phase === 'retrying')
    return until <= now ? { act: () => scheduleTask({ ...step, state }) } : undefined
  if (phase === 'settled' && outcome) {
    const act =
      'result' in outcome
        ? () => leaveTask({ ...step, state }, outcome.result)
        : () => failState(step, outcome)
    return { act }
  }
  const late = lateness(step, task?.timeoutAt)
  if (late) return { act: late }
  if (phase === 'invoking') return { call: true }
  const ended = task?.child && childOutcome(step.world, state.Resource, task.child)
  return ended ? { act: () => settleTask(step, ended) } : undefined
}

// A heartbeat this much overdue was missed by the engine's own absence (a stopped process, a sleeping machine):
// nobody could have taken it, so it says nothing about the worker.
const OWN_ABSENCE = 5_000

function lateness(step: Step, timeoutAt: number | undefined): Act | undefined {
  const { execution, now } = step
  const { beatDue, beatSeconds } = execution
  if (timeoutAt !== undefined && timeoutAt <= now)
    return () => settleTask(step, { error: 'States.Timeout' })
  if (beatDue === null || beatSeconds === null || beatDue > now) return undefined
  if (beatDue > now - OWN_ABSENCE) {
    return () => settleTask(step, { error: 'States.Timeout', missedHeartbeat: true })
  }
  return () => {
    execution.beatDue = now + beatSeconds * 1000
  }
}
