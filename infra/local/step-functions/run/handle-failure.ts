import type { Retrier, StateOf } from '../definition/schema.ts'
import { errorOutput, type Failure, matches } from './failure.ts'
import { leaveState } from './leave-state.ts'
import { retryDelay } from './retry-delay.ts'
import { end, type Step } from './step.ts'

/** After a failed state: tries again, goes where a Catch says, or fails the execution. Throws as leaveState does. */
export async function handleFailure(step: Step, failure: Failure): Promise<void> {
  const { state } = step
  if (state.Type === 'Task') {
    const index = state.Retry?.findIndex(({ ErrorEquals }) => matches(ErrorEquals, failure)) ?? -1
    const retrier = state.Retry?.[index]
    if (retrier && tryAgain(step, retrier, index)) return
    if (await recover(step, state, failure)) return
  }
  end(step, 'FAILED', {
    ...(failure.error !== undefined && { error: failure.error }),
    ...(failure.cause !== undefined && { cause: failure.cause }),
  })
}

function tryAgain({ execution, now, world }: Step, retrier: Retrier, index: number): boolean {
  const { task: _, outcome: __, ...position } = execution.position
  const done = position.retries[index] ?? 0
  if (done >= retrier.MaxAttempts) return false
  const retries = [...position.retries]
  for (let i = 0; i <= index; i += 1) retries[i] ??= 0
  retries[index] = done + 1
  execution.position = {
    ...position,
    phase: 'retrying',
    until: now + retryDelay(retrier, done, world.random),
    retries,
    retryCount: position.retryCount + 1,
  }
  execution.beatDue = null
  return true
}

async function recover(step: Step, state: StateOf<'Task'>, failure: Failure): Promise<boolean> {
  const catcher = state.Catch?.find(({ ErrorEquals }) => matches(ErrorEquals, failure))
  if (!catcher) return false
  const output = errorOutput(failure)
  const { Assign, Output, Next: next } = catcher
  await leaveState(step, {
    Assign,
    Output,
    otherwise: output,
    next,
    extra: { errorOutput: output },
  })
  return true
}
