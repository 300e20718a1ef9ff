import { RunTaskCommand } from '@aws-sdk/client-ecs'
import type { World } from '#functions/world.ts'
import { launchFault } from './launch-fault.ts'

/**
 * Starts the task of an attempt and answers its ARN: under the attempt's id as client token, so
 * that twice is once. Overrides carry the id only. Throws `launch.*` faults.
 */
export const startTask = async (
  world: World,
  attemptId: string,
  runId: string,
): Promise<string> => {
  const { store, tasks, settings } = world
  const run = await store.runs.get(runId)
  const { tasks: [task] = [], failures: [failure] = [] } = await tasks
    .send(
      new RunTaskCommand({
        cluster: settings.VIGIL_CLUSTER,
        taskDefinition: run?.pinned?.taskDefinition,
        clientToken: attemptId,
        startedBy: attemptId,
        capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: settings.VIGIL_SUBNETS,
            securityGroups: settings.VIGIL_SECURITY_GROUPS,
            assignPublicIp: settings.VIGIL_PUBLIC_IP ? 'ENABLED' : 'DISABLED',
          },
        },
        overrides: {
          containerOverrides: [
            { name: 'agent', environment: [{ name: 'VIGIL_ATTEMPT', value: attemptId }] },
          ],
        },
      }),
    )
    .catch((error: unknown) => {
      throw launchFault(error)
    })
  if (!task?.taskArn) throw launchFault(failure?.reason)
  return task.taskArn
}
