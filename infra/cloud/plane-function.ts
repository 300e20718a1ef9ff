import { join } from 'node:path'
import { Duration } from 'aws-cdk-lib'
import { type IGrantable, type IPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  Architecture,
  Code,
  Function as Lambda,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda'
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { DeadLetters } from './dead-letters.ts'
import type { BundleName } from './handlers.ts'
import { Log } from './log.ts'

interface PlaneFunctionProps {
  readonly name: BundleName
  /** Folder in which each function's bundle lies under its name. */
  readonly bundles: string
  readonly logDays: RetentionDays
  readonly variables?: Readonly<Record<string, string>>
  readonly timeout?: Duration
  /** For one that events invoke: where those go that it failed on three times. */
  readonly deadLetters?: DeadLetters
}

/** One of the plane's Lambda functions: its own bundle, role and log. Grants are added by whoever has what it needs. */
export class PlaneFunction extends Construct implements IGrantable {
  readonly function: Lambda
  readonly grantPrincipal: IPrincipal

  constructor(scope: Construct, id: string, props: PlaneFunctionProps) {
    super(scope, id)
    const { name, bundles, logDays, variables = {}, timeout = STEP_TIMEOUT, deadLetters } = props
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    const logGroup = new Log(this, 'Log', logDays)
    logGroup.grantWrite(role)
    this.grantPrincipal = role
    this.function = new Lambda(this, 'Function', {
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(join(bundles, name)),
      handler: 'index.handler',
      memorySize: 512,
      timeout,
      environment: { ...variables },
      ...(deadLetters && {
        onFailure: new SqsDestination(deadLetters),
        retryAttempts: 2,
        maxEventAge: Duration.hours(6),
      }),
    })
  }
}

/** Below the 60 seconds that a workflow gives each step, so that the function's own end is seen. */
const STEP_TIMEOUT = Duration.seconds(50)
