import { end } from '../run/step.ts'
import { type Desk, seconds } from './desk.ts'
import { findExecution } from './find-execution.ts'

/** Aborts an execution; one that has ended stays as it is. Throws InvalidArn and ExecutionDoesNotExist. */
export async function stopExecution(
  desk: Desk,
  request: { executionArn: string; error?: string | undefined; cause?: string | undefined },
): Promise<{ stopDate: number }> {
  const { id } = findExecution(desk, request.executionArn)
  const { error, cause } = request
  await desk.driver.change(id, (step) => {
    if (step.execution.status !== 'RUNNING') return undefined
    end(step, 'ABORTED', {
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
    })
    return true
  })
  const { stopped, started } = findExecution(desk, request.executionArn)
  return { stopDate: seconds(stopped ?? started) }
}
