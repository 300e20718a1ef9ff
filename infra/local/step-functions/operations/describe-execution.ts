import { executionArn, stateMachineArn } from '../arns.ts'
import type { Execution } from '../journal/execution.ts'
import { type Desk, seconds } from './desk.ts'
import { findExecution } from './find-execution.ts'

/** All of an execution but its history. Throws InvalidArn and ExecutionDoesNotExist. */
export function describeExecution(desk: Desk, request: { executionArn: string }) {
  const execution = findExecution(desk, request.executionArn)
  const { input, output, error, cause } = execution
  return {
    ...summary(desk, execution),
    input,
    inputDetails: { included: true },
    ...(output !== null && { output, outputDetails: { included: true } }),
    ...(error !== null && { error }),
    ...(cause !== null && { cause }),
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: 'Executions are not redriven by this engine',
  }
}

/** What a list shows of an execution. */
export function summary({ world }: Desk, execution: Execution) {
  const { machine, version, pinned, name, status, started, stopped } = execution
  return {
    executionArn: executionArn(world.place, machine, name),
    stateMachineArn: stateMachineArn(world.place, machine),
    ...(pinned && { stateMachineVersionArn: stateMachineArn(world.place, machine, version) }),
    name,
    status,
    startDate: seconds(started),
    ...(stopped !== null && { stopDate: seconds(stopped) }),
    redriveCount: 0,
  }
}
