import { Construct } from 'constructs'
import type { Plane, WorkflowArns } from './plane.ts'
import { Reaction } from './reaction.ts'
import type { Workflow } from './workflow.ts'

/** How the plane hears that a task or a pipeline has come to its end (T9, S3). */
export class LifecycleEvents extends Construct {
  constructor(
    scope: Construct,
    id: string,
    plane: Plane,
    { pipeline, turn, arns }: { pipeline: Workflow; turn: Workflow; arns: WorkflowArns },
  ) {
    super(scope, id)
    const taskStopped = new Reaction(this, 'on-task-stopped', plane, arns, {
      source: ['aws.ecs'],
      detailType: ['ECS Task State Change'],
      detail: { clusterArn: [plane.cluster.clusterArn], desiredStatus: ['STOPPED'] },
    })
    turn.grant(taskStopped, 'states:SendTaskFailure')
    const executionEnded = new Reaction(this, 'on-execution-ended', plane, arns, {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: {
        stateMachineArn: [pipeline.stateMachineArn],
        status: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'],
      },
    })
    plane.cluster.grantStop(executionEnded)
  }
}
