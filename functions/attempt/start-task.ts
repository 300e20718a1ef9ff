import { RunTaskCommand } from '@aws-sdk/client-ecs'
import type { Attempt } from '#core/contracts/attempt.ts'
import { type ProjectConfig, RUNTIMES } from '#core/contracts/project.ts'
import { Fault } from '#core/faults.ts'
import type { Sandbox } from '#core/settings.ts'
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
  if (run) mustBeSandboxed(run.config, settings.VIGIL_SANDBOX)
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

/** Agents that do what a model says are not let loose on a machine unless somebody says so (A7). */
const mustBeSandboxed = ({ agent, unsandboxed }: ProjectConfig, sandbox: Sandbox): void => {
  if (sandbox !== 'none' || unsandboxed || !MODELS.includes(agent)) return
  throw new Fault(
    'agent.config',
    `${agent} needs a sandbox, and this machine has none: install bubblewrap, or allow it with --unsandboxed`,
  )
}

const MODELS: readonly string[] = RUNTIMES.filter((runtime) => runtime !== 'janitor')
