import { QueryError } from '../expressions/query-error.ts'
import { type Failure, StateError } from './failure.ts'
import { handleFailure } from './handle-failure.ts'
import { addEvent, end, type Step } from './step.ts'

/** Fails the state: Retry and Catch come first. An error while catching fails the execution. */
export async function failState(step: Step, failure: Failure): Promise<void> {
  try {
    await handleFailure(step, failure)
  } catch (error) {
    end(step, 'FAILED', failureOf(step, error))
  }
}

/** The failure that a thrown error stands for; what has no name at AWS is a bug, hence States.Runtime. */
export function failureOf(step: Step, error: unknown): { error: string; cause: string } {
  const { state, enteredEvent } = step.execution.position
  const reason = error instanceof Error ? error.message : String(error)
  const where = `An error occurred while executing the state '${state}' (entered at the event id #${enteredEvent}).`
  if (error instanceof StateError) return { error: error.name, cause: reason }
  const failure = { error: 'States.Runtime', cause: `${where} ${reason}` }
  if (!(error instanceof QueryError)) return failure
  failure.error = error.name
  const previous = error.entered ? step.execution.previousEvent : step.previousEvent
  addEvent(step, 'EvaluationFailed', { ...failure, location: error.location, state }, previous)
  return failure
}
