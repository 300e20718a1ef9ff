import type { StateOf } from '../definition/schema.ts'
import { leaveState } from '../run/leave-state.ts'
import { enter, type Step } from '../run/step.ts'

/** Succeed: ends the execution with its input, or with what its Output says. */
export async function enterSucceed(step: Step<StateOf<'Succeed'>>): Promise<void> {
  enter(step)
  const { input } = step.execution.position
  await leaveState(step, { Output: step.state.Output, otherwise: input, next: undefined })
}
