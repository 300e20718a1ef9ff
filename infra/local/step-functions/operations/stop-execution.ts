import { type Desk, seconds } from './desk.ts'
import { findExecution } from './find-execution.ts'

/** Aborts an execution; one that has ended stays as it is. Throws InvalidArn and ExecutionDoesNotExist. */
export async function stopExecution(
  desk: Desk,
  request: { executionArn: string; error?: string | undefined; cause?: string | undefined },
): Promise<{ stopDate: number }> {
  const { id } = findExecution(desk, request.executionArn)
  const { error, cause } = request
  await desk.driver.abort(id, {
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  })
  const { stopped, started } = findExecution(desk, request.executionArn)
  return { stopDate: seconds(stopped ?? started) }
}
