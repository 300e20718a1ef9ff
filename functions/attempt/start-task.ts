import { RunTaskCommand } from '@aws-sdk/client-ecs'
import type { Attempt } from '#core/contracts/attempt.ts'
import type { World } from '#functions/world.ts'
import { launchFault } from './launch-fault.ts'

/**
 * Starts the task of an attempt and answers its ARN: under the attempt's id as client token, so
 * that twice is once. Overrides carry the id only. Throws `launch.*` faults.
 */
export const startTask = async (
  world: World,
  { id: attemptId, runId, placement }: Attempt,
): Promise<string> => {
  const { store, tasks, settings } = world
  const run = await store.runs.get(runId)
  const capacityProvider = placement?.onDemand ? 'FARGATE' : 'FARGATE_SPOT'
  const { tasks: [task] = [], failures: [failure] = [] } = await tasks
    .send(
      new RunTaskCommand({
        cluster: settings.VIGIL_CLUSTER,
        taskDefinition: run?.pinned?.taskDefinition,
        clientToken: attemptId,
        startedBy: attemptId,
        capacityProviderStrategy: [{ capacityProvider, weight: 1 }],
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: settings.VIGIL_SUBNETS,
            securityGroups: settings.VIGIL_SECURITY_GROUPS,
            assignPublicIp: settings.VIGIL_PUBLIC_IP ? 'ENABLED' : 'DISABLED',
          },
        },
        overrides: {
          ...placement?.size,
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
