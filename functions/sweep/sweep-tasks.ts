import { DescribeTasksCommand, paginateListTasks, StopTaskCommand } from '@aws-sdk/client-ecs'
import { attemptEnded } from '#core/decisions/transition.ts'
import type { World } from '#functions/world.ts'
import { correct } from './correct.ts'

/** A task that outlived its attempt is stopped (S3). Answers what was corrected. */
export const sweepTasks = async (world: World): Promise<string[]> => {
  const { tasks, settings, store } = world
  const cluster = settings.VIGIL_CLUSTER
  const stopped: string[] = []
  const pages = paginateListTasks({ client: tasks }, { cluster, desiredStatus: 'RUNNING' })
  for await (const { taskArns = [] } of pages) {
    if (taskArns.length === 0) continue
    const described = await tasks.send(new DescribeTasksCommand({ cluster, tasks: taskArns }))
    for (const { taskArn, startedBy = '' } of described.tasks ?? []) {
      const attempt = ATTEMPT.test(startedBy) ? await store.attempts.get(startedBy) : undefined
      if (!attempt || !attemptEnded(attempt.state)) continue
      const over = store.now() - Date.parse(attempt.endedAt ?? attempt.launchedAt)
      if (over < SETTLED_MS) continue
      await tasks.send(
        new StopTaskCommand({ cluster, task: taskArn, reason: 'its attempt is over' }),
      )
      stopped.push(await correct(world, attempt.runId, 'task_stopped', { attemptId: attempt.id }))
    }
  }
  return stopped
}

const ATTEMPT = /^run-.+-t\d+-a\d+$/

/** A supervisor ends by itself within moments of its answer. */
const SETTLED_MS = 60_000
