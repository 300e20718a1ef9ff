import { Cluster } from 'aws-cdk-lib/aws-ecs'
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Construct, IConstruct } from 'constructs'
import { acknowledge, wildcard } from './acknowledge.ts'
import type { Network } from './network.ts'

/** The cluster of all tasks, on Fargate and Fargate Spot. */
export class TaskCluster extends Cluster {
  constructor(scope: Construct, id: string, { vpc }: Network) {
    super(scope, id, { vpc, enableFargateCapacityProviders: true })
    acknowledge(this, {
      ECS4: 'Beats say more; Container Insights bills per task definition, of which each project has one.',
    })
  }

  /** Lets one of the plane's functions see tasks and stop them. */
  grantStop(to: IGrantable & IConstruct): void {
    const { stack } = this
    const tasks = stack.formatArn({
      service: 'ecs',
      resource: 'task',
      resourceName: `${this.clusterName}/*`,
    })
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['ecs:DescribeTasks', 'ecs:StopTask'],
        resources: [wildcard(stack, tasks, 'ECS makes up the ids of tasks.')],
      }),
    )
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['ecs:ListTasks'],
        resources: [wildcard(to, '*', 'ECS knows no resources for it but container instances.')],
        conditions: { ArnEquals: { 'ecs:cluster': this.clusterArn } },
      }),
    )
  }
}
