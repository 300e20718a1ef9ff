import { Stack } from 'aws-cdk-lib'
import type { Cluster } from 'aws-cdk-lib/aws-ecs'
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Construct, type IConstruct } from 'constructs'
import { wildcard } from './acknowledge.ts'
import { type AgentTask, FAMILY } from './agent-task.ts'

/**
 * The task definitions that are registered when projects are saved, in families
 * `vigil-<project>-<runtime>`: the deployed one with another image and the project's keys.
 */
export class ProjectTasks extends Construct {
  /** What precedes a key's name in the ARN of the parameter that an operator stores it in. */
  readonly keyPrefix: string
  readonly template: AgentTask
  private readonly definitions: string

  constructor(scope: Construct, id: string, template: AgentTask) {
    super(scope, id)
    const stack = Stack.of(this)
    this.template = template
    this.definitions = wildcard(
      stack,
      stack.formatArn({ service: 'ecs', resource: 'task-definition', resourceName: `${FAMILY}-*` }),
      'Projects are made later.',
    )
    const keys = { service: 'ssm', resource: 'parameter', resourceName: 'vigil/keys/' }
    this.keyPrefix = stack.formatArn(keys)
    template.addToExecutionRolePolicy(
      new PolicyStatement({
        actions: ['ssm:GetParameters'],
        resources: [wildcard(stack, `${this.keyPrefix}*`, 'Operators store keys later.')],
      }),
    )
  }

  /** Lets one of the plane's functions start their tasks on the cluster. */
  grantRun(to: IGrantable, { clusterArn }: Cluster): void {
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['ecs:RunTask'],
        resources: [this.definitions],
        conditions: { ArnEquals: { 'ecs:cluster': clusterArn } },
      }),
    )
    this.grantPassRoles(to)
  }

  /** Lets one of the plane's functions register them. */
  grantRegister(to: IGrantable & IConstruct): void {
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['ecs:RegisterTaskDefinition'],
        resources: [this.definitions],
      }),
    )
    this.grantDescribe(to)
    this.grantPassRoles(to)
  }

  /** Lets one of the plane's functions read them. */
  grantDescribe(to: IGrantable & IConstruct): void {
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['ecs:DescribeTaskDefinition'],
        resources: [wildcard(to, '*', 'ECS knows no resources for it.')],
      }),
    )
  }

  private grantPassRoles(to: IGrantable): void {
    const { taskRole } = this.template
    const executionRole = this.template.obtainExecutionRole()
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [taskRole.roleArn, executionRole.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      }),
    )
  }
}
