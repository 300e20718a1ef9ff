import { ArnFormat, Stack } from 'aws-cdk-lib'
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions'
import type { Construct } from 'constructs'
import { wildcard } from './acknowledge.ts'
import { Log } from './log.ts'
import type { PlaneFunction } from './plane-function.ts'

interface WorkflowProps {
  readonly name: string
  readonly definition: string
  /** Functions by the name of the state that invokes them. */
  readonly steps: Readonly<Record<string, PlaneFunction>>
  /** What else stands for `${…}` in the definition. */
  readonly substitutions?: Readonly<Record<string, string>>
  readonly logDays: RetentionDays
}

/** A Standard state machine of a definition file, which may invoke its steps. */
export class Workflow extends StateMachine {
  private readonly executions: string

  constructor(scope: Construct, id: string, props: WorkflowProps) {
    const { name, definition, steps, substitutions = {}, logDays } = props
    const arns = Object.entries(steps).map(([state, step]) => [state, step.function.functionArn])
    super(scope, id, {
      stateMachineName: workflowName(scope, name),
      definitionBody: DefinitionBody.fromString(definition),
      definitionSubstitutions: { ...Object.fromEntries(arns), ...substitutions },
      logs: {
        destination: new Log(scope, `${id}Log`, logDays),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
      tracingEnabled: true,
    })
    wildcard(this, '*', 'Log deliveries and traces know no resources.')
    // A definition that comes as text gets no grants from CDK.
    this.addToRolePolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: Object.values(steps).map((step) => step.function.functionArn),
      }),
    )
    this.executions = workflowArn(scope, name, 'execution', ':*')
  }

  /** Lets one stop executions of it. */
  grantStop(to: IGrantable): void {
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['states:StopExecution'], resources: [this.anyExecution()] }),
    )
  }

  /** Lets one ask how executions of it stand. */
  grantDescribe(to: IGrantable): void {
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['states:DescribeExecution'],
        resources: [this.anyExecution()],
      }),
    )
  }

  /** Lets another state machine run executions of it as `startExecution.sync:2` does. */
  grantNested(to: StateMachine): void {
    this.grantStartExecution(to)
    to.addToRolePolicy(
      new PolicyStatement({
        actions: ['states:DescribeExecution', 'states:StopExecution'],
        resources: [this.anyExecution()],
      }),
    )
    const resourceName = 'StepFunctionsGetEventsForStepFunctionsExecutionRule'
    to.addToRolePolicy(
      new PolicyStatement({
        actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
        resources: [this.stack.formatArn({ service: 'events', resource: 'rule', resourceName })],
      }),
    )
  }

  private anyExecution(): string {
    return wildcard(this.stack, this.executions, 'Executions are named after runs and turns.')
  }
}

/**
 * ARN of a state machine by its name alone, without a reference: its own steps may have it, and
 * could not have one that waits for the state machine.
 */
export const workflowArn = (
  scope: Construct,
  name: string,
  resource: 'stateMachine' | 'execution' = 'stateMachine',
  more = '',
): string =>
  Stack.of(scope).formatArn({
    service: 'states',
    resource,
    resourceName: `${workflowName(scope, name)}${more}`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  })

const workflowName = (scope: Construct, name: string): string =>
  `${Stack.of(scope).stackName}-${name}`
