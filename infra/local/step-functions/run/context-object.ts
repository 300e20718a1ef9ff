import { executionArn, roleArn, stateMachineArn } from '../arns.ts'
import type { State } from '../definition/schema.ts'
import type { Step } from './step.ts'

/** What `$states.context` shows. `token` is shown to tasks that somebody else may end. */
export function contextObject({ world, execution, state }: Step, token?: string): object {
  const { machine, name, started, position } = execution
  return {
    Execution: {
      Id: executionArn(world.place, machine, name),
      Input: JSON.parse(execution.input),
      Name: name,
      RoleArn: roleArn(world.place, machine),
      StartTime: new Date(started).toISOString(),
      RedriveCount: 0,
    },
    State: {
      Name: position.state,
      EnteredTime: new Date(position.enteredAt).toISOString(),
      ...(state.Type === 'Task' && { RetryCount: position.retryCount }),
    },
    StateMachine: { Id: stateMachineArn(world.place, machine), Name: machine },
    ...(token && hasToken(state) && { Task: { Token: token } }),
  }
}

function hasToken(state: State): boolean {
  return state.Type === 'Task' && /\.(waitForTaskToken|sync|sync:2)$/.test(state.Resource)
}
