import type { StateOf } from '../definition/schema.ts'
import { leaveState } from '../run/leave-state.ts'
import { enter, type Step } from '../run/step.ts'

/** Pass: hands its input on, or what its Output says. */
export async function enterPass(step: Step<StateOf<'Pass'>>): Promise<void> {
  const { Assign, Output, Next } = step.state
  enter(step)
  await leaveState(step, { Assign, Output, otherwise: step.execution.position.input, next: Next })
}
