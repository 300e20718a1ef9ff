import type { StateOf } from '../definition/schema.ts'
import { Timestamp as Time } from '../definition/timestamp.ts'
import { QueryError } from '../expressions/query-error.ts'
import { evaluateSeconds, evaluateString } from '../run/evaluate-field.ts'
import { leaveState } from '../run/leave-state.ts'
import { enter, type Step } from '../run/step.ts'

/** Wait, entered: until a time, or for some seconds. */
export async function enterWait(step: Step<StateOf<'Wait'>>): Promise<void> {
  enter(step)
  const until = await endOf(step)
  step.execution.position = { ...step.execution.position, phase: 'waiting', until }
}

/** Wait, over. */
export async function leaveWait(step: Step<StateOf<'Wait'>>): Promise<void> {
  const { Assign, Output, Next } = step.state
  await leaveState(step, { Assign, Output, otherwise: step.execution.position.input, next: Next })
}

async function endOf(step: Step<StateOf<'Wait'>>): Promise<number> {
  const { Seconds, Timestamp } = step.state
  if (Timestamp === undefined)
    return step.now + 1000 * (await evaluateSeconds(step, 'Seconds', Seconds, 0))
  const text = await evaluateString(step, 'Timestamp', Timestamp)
  if (Time.safeParse(text).success) return Date.parse(text)
  const fault = `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`
  throw new QueryError('Timestamp', fault, true)
}
