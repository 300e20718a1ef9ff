import { readExecutionArn } from '../arns.ts'
import type { Execution } from '../journal/execution.ts'
import { ServiceError } from '../service-error.ts'
import type { Desk } from './desk.ts'

/** The execution of an ARN; throws InvalidArn and ExecutionDoesNotExist. */
export function findExecution({ world }: Desk, arn: string): Execution {
  const named = readExecutionArn(arn)
  if (!named) throw new ServiceError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`)
  const execution = world.journal.executions.find(named.machine, named.name)
  if (execution) return execution
  throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`)
}
