import { executionArn, stateMachineArn } from '../arns.ts'
import type { Step } from './step.ts'

/** What `$states.context` shows; `token` only while a task is scheduled or pending. */
export function contextObject({ world, execution }: Step, token?: string): Record<string, unknown> {
  const { machine, name, started, position } = execution
  return {
    Execution: {
      Id: executionArn(world.place, machine, name),
      Input: JSON.parse(execution.input),
      Name: name,
      RoleArn: `arn:aws:iam::${world.place.account}:role/${machine}`,
      StartTime: new Date(started).toISOString(),
      RedriveCount: 0,
    },
    State: {
      Name: position.state,
      EnteredTime: new Date(position.enteredAt).toISOString(),
      RetryCount: position.retryCount,
    },
    StateMachine: { Id: stateMachineArn(world.place, machine), Name: machine },
    ...(token && { Task: { Token: token } }),
  }
}
