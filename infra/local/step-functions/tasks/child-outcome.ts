import { executionArn, readExecutionArn, stateMachineArn } from '../arns.ts'
import type { Execution } from '../journal/execution.ts'
import type { Outcome } from '../journal/position.ts'
import type { World } from '../run/world.ts'

/** How the task that waits for the execution `childArn` ended; nothing while that runs. */
export function childOutcome(
  world: World,
  resource: string,
  childArn: string,
): Outcome | undefined {
  const { machine = '', name = '' } = readExecutionArn(childArn) ?? {}
  const child = world.journal.executions.find(machine, name)
  if (!child || child.status === 'RUNNING') return undefined
  if (child.status !== 'SUCCEEDED') {
    return {
      error: 'States.TaskFailed',
      cause: JSON.stringify(describe(world, child, (text) => text)),
    }
  }
  return {
    result: describe(world, child, resource.endsWith('.sync:2') ? JSON.parse : (text) => text),
  }
}

// `.sync` gives input and output as texts, `.sync:2` as JSON.
function describe({ place }: World, child: Execution, read: (text: string) => unknown) {
  const { machine, name, version, pinned, status, started, stopped, input, output, error, cause } =
    child
  return {
    ...(cause !== null && { Cause: cause }),
    ...(error !== null && { Error: error }),
    ExecutionArn: executionArn(place, machine, name),
    Input: read(input),
    InputDetails: { Included: true },
    Name: name,
    ...(output !== null && { Output: read(output), OutputDetails: { Included: true } }),
    RedriveCount: 0,
    StartDate: started,
    StateMachineArn: stateMachineArn(place, machine),
    ...(pinned && { StateMachineVersionArn: stateMachineArn(place, machine, version) }),
    Status: status,
    StopDate: stopped,
  }
}
