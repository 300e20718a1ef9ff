import type { Act } from './decide.ts'
import { settleTask } from './settle-task.ts'
import type { Step } from './step.ts'

/** What follows from a pending task's deadlines; nothing while it is in time. */
export function lateness(step: Step): Act | undefined {
  const { execution, now } = step
  const { beatDue, beatSeconds, position } = execution
  const { timeoutAt } = position.task ?? {}
  if (timeoutAt !== undefined && timeoutAt <= now) {
    return () => settleTask(step, { error: 'States.Timeout' })
  }
  if (beatDue === null || beatSeconds === null || beatDue > now) return undefined
  if (beatDue > now - OWN_ABSENCE) {
    return () => settleTask(step, { error: 'States.Timeout', missedHeartbeat: true })
  }
  return () => {
    execution.beatDue = now + beatSeconds * 1000
  }
}

// A heartbeat this much overdue (in ms) was missed by the engine's own absence, such as a machine that slept: nobody
// could have taken it, so it says nothing about the worker.
const OWN_ABSENCE = 5_000
