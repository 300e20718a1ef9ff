import { Duration } from 'aws-cdk-lib'
import { type EventPattern, Rule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import type { Construct } from 'constructs'
import { HandlerFunction } from './handler-function.ts'
import type { HandlerName } from './handlers.ts'
import type { Plane, WorkflowArns } from './plane.ts'

/** A function that answers an AWS service's events; what cannot be delivered or handled is kept. */
export class Reaction extends HandlerFunction {
  constructor(
    scope: Construct,
    name: HandlerName,
    plane: Plane,
    workflows: WorkflowArns,
    eventPattern: EventPattern,
  ) {
    const { deadLetters } = plane
    super(scope, name, plane, workflows, { deadLetters })
    const target = new LambdaFunction(this.function, {
      deadLetterQueue: deadLetters,
      retryAttempts: 20,
      maxEventAge: Duration.hours(6),
    })
    new Rule(this, 'Rule', { eventPattern, targets: [target] })
  }
}
