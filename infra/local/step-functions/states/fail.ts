import type { StateOf } from '../definition/schema.ts'
import { evaluateString } from '../run/evaluate-field.ts'
import { end, enter, type Step } from '../run/step.ts'

/** Fail: ends the execution with an error and a cause. */
export async function enterFail(step: Step<StateOf<'Fail'>>): Promise<void> {
  const { Error: error, Cause: cause } = step.state
  enter(step)
  end(step, 'FAILED', {
    ...(error !== undefined && { error: await evaluateString(step, 'Error', error) }),
    ...(cause !== undefined && { cause: await evaluateString(step, 'Cause', cause) }),
  })
}
