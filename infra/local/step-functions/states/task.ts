import type { StateOf } from '../definition/schema.ts'
import { evaluateField, evaluateSeconds } from '../run/evaluate-field.ts'
import { leaveState } from '../run/leave-state.ts'
import { assertSize } from '../run/payload-limit.ts'
import { addEvent, enter, type Step } from '../run/step.ts'
import { taskEvents } from '../tasks/task-events.ts'
import { newToken } from '../tasks/token.ts'

type TaskStep = Step<StateOf<'Task'>>

/** Task, entered: its task is scheduled. */
export async function enterTask(step: TaskStep): Promise<void> {
  enter(step)
  await scheduleTask(step)
}

/** Task, entered or tried again: a new task with a token of its own, to be carried out once this is written. */
export async function scheduleTask(step: TaskStep): Promise<void> {
  const { world, execution, state, now } = step
  const { until: _, ...position } = execution.position
  const token = newToken(execution.id, world.newId())
  const args =
    state.Arguments === undefined
      ? position.input
      : await evaluateField(step, 'Arguments', state.Arguments, { token })
  const timeout = await secondsOf(step, 'TimeoutSeconds')
  const beat = await secondsOf(step, 'HeartbeatSeconds')
  assertSize(position.state, args)
  const task = {
    token,
    arguments: args,
    ...(timeout !== undefined && { timeoutAt: now + timeout * 1000 }),
  }
  const events = taskEvents(state.Resource, world.place.region)
  const limits = {
    ...(timeout !== undefined && { timeoutInSeconds: timeout }),
    ...(beat !== undefined && { heartbeatInSeconds: beat }),
  }
  addEvent(step, ...events.scheduled(task, limits))
  addEvent(step, ...events.started)
  execution.position = { ...position, phase: 'invoking', task }
  execution.beatSeconds = beat ?? null
  execution.beatDue = beat === undefined ? null : now + beat * 1000
}

/** Task, ended well. */
export async function leaveTask(step: TaskStep, result: unknown): Promise<void> {
  const { Assign, Output, Next } = step.state
  await leaveState(step, { Assign, Output, otherwise: result, next: Next, extra: { result } })
}

async function secondsOf(
  step: TaskStep,
  field: 'TimeoutSeconds' | 'HeartbeatSeconds',
): Promise<number | undefined> {
  const template = step.state[field]
  return template === undefined ? undefined : evaluateSeconds(step, field, template, 1)
}
