import { DescribeTasksCommand, type Task } from '@aws-sdk/client-ecs'
import type { Attempt } from '#core/contracts/attempt.ts'
import { attemptEnded, runEnded } from '#core/decisions/transition.ts'
import { taskEnded } from '#functions/attempt/task-ended.ts'
import { stopAttempts } from '#functions/run/stop-attempts.ts'
import type { World } from '#functions/world.ts'
import { correct } from './correct.ts'

/**
 * A live attempt must have a live run and a task that has not stopped (S3): where the event of its
 * end was lost it is told now, and what outlived its run is ended. Never acts on "can't tell".
 */
export const sweepAttempt = async (
  world: World,
  attemptId: string,
): Promise<string | undefined> => {
  const { store } = world
  const attempt = await store.attempts.get(attemptId)
  if (!attempt || attemptEnded(attempt.state)) return undefined
  const run = await store.runs.get(attempt.runId)
  if (run && runEnded(run.status)) {
    if (!(await stopAttempts(world, run, 'sweep'))) return undefined
    return correct(world, run.id, 'attempt_ended', { attemptId })
  }
  const task = attempt.taskEnd ? undefined : await taskOf(world, attempt)
  if (task?.lastStatus !== 'STOPPED') return undefined
  await taskEnded(world, attempt, {
    at: (task.stoppedAt ?? new Date(store.now())).toISOString(),
    stopCode: task.stopCode,
    stoppedReason: task.containers?.[0]?.reason ?? task.stoppedReason,
    exitCode: task.containers?.[0]?.exitCode,
  })
  return correct(world, attempt.runId, 'task_end_told', { attemptId })
}

const taskOf = async (
  { tasks, settings }: World,
  { taskArn }: Attempt,
): Promise<Task | undefined> => {
  if (taskArn === undefined) return undefined
  const { tasks: known = [] } = await tasks.send(
    new DescribeTasksCommand({ cluster: settings.VIGIL_CLUSTER, tasks: [taskArn] }),
  )
  return known[0]
}
