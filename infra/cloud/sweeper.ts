import { Duration } from 'aws-cdk-lib'
import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import type { Construct } from 'constructs'
import { HandlerFunction } from './handler-function.ts'
import type { Plane, WorkflowArns } from './plane.ts'
import type { Workflow } from './workflow.ts'

/** What looks every five minutes for whatever lost its workflow, its task or its event (S3). */
export class Sweeper extends HandlerFunction {
  constructor(
    scope: Construct,
    plane: Plane,
    { pipeline, turn, arns }: { pipeline: Workflow; turn: Workflow; arns: WorkflowArns },
  ) {
    const { deadLetters, cluster } = plane
    super(scope, 'sweep', plane, arns, { deadLetters, timeout: Duration.minutes(4) })
    turn.grant(this, 'states:SendTaskFailure')
    pipeline.grantStartExecution(this)
    pipeline.grantDescribe(this)
    cluster.grantStop(this)
    const target = new LambdaFunction(this.function, {
      deadLetterQueue: deadLetters,
      retryAttempts: 0,
      maxEventAge: Duration.minutes(5),
    })
    new Rule(this, 'Rule', { schedule: Schedule.rate(Duration.minutes(5)), targets: [target] })
  }
}
