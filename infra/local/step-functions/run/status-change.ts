import { executionArn, type Place, stateMachineArn } from '../arns.ts'
import type { Execution } from '../journal/execution.ts'
import type { ExecutionStatusChange } from '../journal/status-changes.ts'

/** What EventBridge tells when an execution's status changes. */
export function statusChange(
  place: Place,
  execution: Omit<Execution, 'id'>,
): ExecutionStatusChange {
  const { machine, name, status, started, stopped, input, output, error, cause } = execution
  return {
    executionArn: executionArn(place, machine, name),
    stateMachineArn: stateMachineArn(place, machine),
    name,
    status,
    startDate: started,
    stopDate: stopped,
    input,
    output,
    error,
    cause,
  }
}
