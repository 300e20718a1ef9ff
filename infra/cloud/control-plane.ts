import { CfnOutput, Stack } from 'aws-cdk-lib'
import { EventBus } from 'aws-cdk-lib/aws-events'
import type { Construct } from 'constructs'
import { AgentTask } from './agent-task.ts'
import { Alarms } from './alarms.ts'
import { ArtifactBucket } from './artifact-bucket.ts'
import type { Context } from './context.ts'
import { DeadLetters } from './dead-letters.ts'
import { HttpApi } from './http-api.ts'
import { BuiltImages } from './images/built-images.ts'
import { givenImages } from './images/given-images.ts'
import { LifecycleEvents } from './lifecycle-events.ts'
import { Network } from './network.ts'
import { PipelineWorkflow } from './pipeline-workflow.ts'
import { ProjectTasks } from './project-tasks.ts'
import { Publisher } from './publisher.ts'
import { StateTable } from './state-table.ts'
import { Sweeper } from './sweeper.ts'
import { TaskCluster } from './task-cluster.ts'
import { TurnWorkflow } from './turn-workflow.ts'

/** Everything that Vigil is in an account. `bundles` is the folder that `bundle()` has filled. */
export class ControlPlane extends Stack {
  constructor(scope: Construct, id: string, given: { context: Context; bundles: string }) {
    super(scope, id, { description: 'Vigil: an always-on control plane for coding agents' })
    const { context } = given
    const { logDays } = context

    const table = new StateTable(this, 'Table')
    const bucket = new ArtifactBucket(this, 'Bucket')
    const bus = new EventBus(this, 'Bus', { eventBusName: this.stackName.toLowerCase() })
    const deadLetters = new DeadLetters(this, 'DeadLetters')

    const network = new Network(this, 'Network', { logDays })
    const cluster = new TaskCluster(this, 'Cluster', network)
    const images = context.images
      ? givenImages(context.images)
      : new BuiltImages(this, 'Images', { ...given, logDays })
    const task = new AgentTask(this, 'Task', { table, bucket, images, context })
    const tasks = new ProjectTasks(this, 'Tasks', task)
    const plane = { ...given, table, bucket, bus, deadLetters, network, cluster, images, tasks }

    const turn = new TurnWorkflow(this, 'Turn', plane)
    const pipeline = new PipelineWorkflow(this, 'Pipeline', plane, turn)
    turn.machine.grantTaskResponse(task.taskRole)

    const arns = { pipeline: pipeline.machine.stateMachineArn, turn: turn.versionArn }
    const workflows = { pipeline: pipeline.machine, turn: turn.machine, arns }
    new LifecycleEvents(this, 'Events', plane, workflows)
    new Publisher(this, plane, arns)
    new Sweeper(this, plane, workflows)
    new Alarms(this, 'Alarms')
    const api = new HttpApi(this, 'Api', plane, workflows)

    new CfnOutput(this, 'ApiUrl', { value: api.url })
    new CfnOutput(this, 'TableName', { value: table.tableName })
    new CfnOutput(this, 'BucketName', { value: bucket.bucketName })
    new CfnOutput(this, 'KeyPrefix', { value: tasks.keyPrefix })
  }
}
