import { RunTaskCommand } from '@aws-sdk/client-ecs'
import { z } from 'zod'
import { attemptEnded } from '#core/decisions/transition.ts'
import { Fault } from '#core/faults.ts'
import { launchFault } from '#functions/attempt/launch-fault.ts'
import { step } from '#functions/step.ts'
import { changeRun } from '#functions/store/change-run.ts'
import type { World } from '#functions/world.ts'

const Input = z.strictObject({ attemptId: z.string(), runId: z.string(), taskToken: z.string() })

/** Starts the task of an attempt: the token is stored before, the task's ARN after. */
export const runAgent = step(Input, (world) => async ({ attemptId, runId, taskToken }) => {
  const { store } = world
  const kept = await store.attempts.update(attemptId, {
    set: { taskToken },
    when: { state: ['launching', 'starting', 'preparing'], cancelRequested: false },
  })
  if (!kept) throw new Fault('cancelled', `attempt ${attemptId} is over`)
  const taskArn = await startTask(world, attemptId, runId)
  await changeRun(store, runId, 'RunAgent', async () => {
    const attempt = await store.attempts.get(attemptId)
    if (!attempt || attempt.taskArn !== undefined || attemptEnded(attempt.state)) return undefined
    const state = attempt.state === 'launching' ? 'starting' : attempt.state
    return {
      events: [{ kind: 'attempt.launched', turnId: attempt.turnId, attemptId, facts: { taskArn } }],
      writes: [
        store.attempts.change(attemptId, {
          set: { taskArn, state },
          when: { state: attempt.state },
        }),
      ],
    }
  })
  return { taskArn }
})

const startTask = async (world: World, attemptId: string, runId: string): Promise<string> => {
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
