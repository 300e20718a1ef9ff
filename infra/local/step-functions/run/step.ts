import type { State } from '../definition/schema.ts'
import type { Execution } from '../journal/execution.ts'
import type { HistoryEvent } from '../journal/history.ts'
import { entering } from '../journal/position.ts'
import type { World } from './world.ts'

/** One move of an execution in the making: `execution` and `events` are what its commit will write. */
export type Step<S extends State = State> = {
  world: World
  state: S
  execution: Execution
  events: HistoryEvent[]
  now: number
  /** The previous event when the step began. */
  previousEvent: number
}

/** Begins a move of an execution at the state where it stands. */
export function beginStep(world: World, execution: Execution): Step {
  const { machine, version, position, previousEvent } = execution
  const state = world.definitionOf(machine, version).States[position.state]
  if (!state) throw new Error(`${machine} has no state ${position.state}`)
  return { world, state, execution, events: [], now: world.clock.now(), previousEvent }
}

/** A move of an execution whose definition is lost: it can only fail. */
export function brokenStep(world: World, execution: Execution, error: unknown): Step {
  const cause = error instanceof Error ? error.message : String(error)
  const state: State = { Type: 'Fail', Error: 'States.Runtime', Cause: cause }
  execution.position = { ...execution.position, phase: 'entering' }
  const { previousEvent } = execution
  return { world, state, execution, events: [], now: world.clock.now(), previousEvent }
}

/** Adds an event to the history; gives its number. */
export function addEvent(
  step: Step,
  type: string,
  details: Record<string, unknown>,
  previous = step.execution.previousEvent,
): number {
  const { execution, now } = step
  execution.lastEvent += 1
  execution.previousEvent = execution.lastEvent
  step.events.push({ id: execution.lastEvent, previous, at: now, type, details })
  return execution.lastEvent
}

/** Notes that the state is entered. */
export function enter(step: Step): void {
  const { execution, state, now } = step
  const { state: name, input } = execution.position
  const enteredEvent = addEvent(step, `${state.Type}StateEntered`, {
    name,
    input: JSON.stringify(input),
    inputDetails: { truncated: false },
  })
  execution.position = { ...execution.position, enteredEvent, enteredAt: now }
}

/** Goes on to the state `next`, or ends the execution when there is none. */
export function goOn(step: Step, next: string | undefined, output: unknown): void {
  if (next !== undefined) step.execution.position = entering(next, output)
  else end(step, 'SUCCEEDED', { output: JSON.stringify(output) })
}

/** Ends the execution. An event of somebody else's making follows no other: `previous` is then 0. */
export function end(
  step: Step,
  status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED',
  result: { output?: string; error?: string | undefined; cause?: string | undefined },
): void {
  const { execution, now } = step
  const outside = status === 'TIMED_OUT' || status === 'ABORTED'
  const details =
    result.output === undefined ? result : { ...result, outputDetails: { truncated: false } }
  addEvent(step, END_EVENTS[status], details, outside ? 0 : execution.previousEvent)
  execution.status = status
  execution.stopped = now
  execution.output = result.output ?? null
  execution.error = result.error ?? null
  execution.cause = result.cause ?? null
}

const END_EVENTS = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
}
