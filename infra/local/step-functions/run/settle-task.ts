import type { Outcome } from '../journal/position.ts'
import { taskEvents } from '../tasks/task-events.ts'
import { addEvent, type Step } from './step.ts'

/** Notes how the pending task ended. The state is left in a step of its own: the end itself is never lost. */
export function settleTask(step: Step, outcome: Outcome): void {
  const { execution, state, world } = step
  if (state.Type !== 'Task') return
  const events = taskEvents(state.Resource, world.place.region)
  if ('result' in outcome) addEvent(step, ...events.succeeded(outcome.result))
  else if (outcome.error === 'States.Timeout') addEvent(step, ...events.timedOut)
  else addEvent(step, ...events.failed(outcome))
  const { token = '', arguments: args } = execution.position.task ?? {}
  execution.position = {
    ...execution.position,
    phase: 'settled',
    outcome,
    task: { token, arguments: args },
  }
  execution.beatDue = null
}

/** Notes that somebody else will end the pending task. */
export function submitTask(step: Step, output: unknown, child?: string): void {
  const { execution, state, world } = step
  const { task } = execution.position
  if (state.Type !== 'Task' || !task) return
  addEvent(step, ...taskEvents(state.Resource, world.place.region).submitted(output))
  execution.position = {
    ...execution.position,
    phase: 'submitted',
    task: { ...task, ...(child && { child }) },
  }
}
