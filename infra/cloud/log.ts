import { RemovalPolicy } from 'aws-cdk-lib'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'

/** A log group that forgets, and goes with the stack. */
export class Log extends LogGroup {
  constructor(scope: Construct, id: string, days: RetentionDays) {
    super(scope, id, { retention: days, removalPolicy: RemovalPolicy.DESTROY })
  }
}
