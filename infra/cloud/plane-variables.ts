import { Fn, Stack } from 'aws-cdk-lib'
import type { PlaneSettings } from '#core/settings.ts'
import type { Plane, WorkflowArns } from './plane.ts'

/** Every variable that the functions read their settings from. */
export const planeVariables = (
  plane: Plane,
  { pipeline, turn }: WorkflowArns,
): Readonly<Record<keyof PlaneSettings, string>> => {
  const { context, table, bucket, bus, network, cluster, images, tasks } = plane
  return {
    VIGIL_TABLE: table.tableName,
    VIGIL_BUCKET: bucket.bucketName,
    VIGIL_PIPELINE_ARN: pipeline,
    VIGIL_TURN_ARN: turn,
    VIGIL_CLUSTER: cluster.clusterArn,
    VIGIL_TASK_DEFINITION: tasks.template.taskDefinitionArn,
    VIGIL_IMAGES: Stack.of(table).toJsonString(images.uris),
    VIGIL_SECRET_PREFIX: tasks.keyPrefix,
    VIGIL_SUBNETS: Fn.join(
      ',',
      network.subnets.map(({ subnetId }) => subnetId),
    ),
    VIGIL_SECURITY_GROUPS: network.group.securityGroupId,
    VIGIL_PUBLIC_IP: String(network.publicAddresses),
    VIGIL_BUS: bus.eventBusName,
    VIGIL_RUNS_AT_ONCE: String(context.runsAtOnce),
    VIGIL_SANDBOX: 'container',
  }
}
