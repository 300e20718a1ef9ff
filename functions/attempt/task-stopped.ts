import { DescribeTasksCommand, ListTasksCommand, StopTaskCommand } from '@aws-sdk/client-ecs'
import type { Attempt } from '#core/contracts/attempt.ts'
import type { World } from '#functions/world.ts'

/**
 * Sees to it that an attempt's containers have stopped, and answers whether that is known (T7):
 * "can't tell" is false, and the task is asked to stop.
 */
export const taskStopped = async (world: World, attempt: Attempt): Promise<boolean> => {
  if (attempt.taskEnd) return true
  const { tasks, settings, store } = world
  const cluster = settings.VIGIL_CLUSTER
  const known = attempt.claim?.taskArn ?? attempt.taskArn
  const arns = known === undefined ? await tasksOf(world, attempt.id) : [known]
  if (arns.length === 0) return true
  const { tasks: described = [], failures = [] } = await tasks.send(
    new DescribeTasksCommand({ cluster, tasks: arns }),
  )
  const forgotten = store.now() - Date.parse(attempt.launchedAt) > FORGOTTEN_MS
  if (failures.some(({ reason }) => reason !== 'MISSING' || !forgotten)) return false
  const running = described.filter(({ lastStatus }) => lastStatus !== 'STOPPED')
  for (const { taskArn } of running.filter(({ desiredStatus }) => desiredStatus !== 'STOPPED'))
    await tasks.send(new StopTaskCommand({ cluster, task: taskArn, reason: 'attempt is over' }))
  return running.length === 0
}

/** The same with a little patience: a supervisor ends within moments of its answer. */
export const taskStoppedSoon = async (world: World, attempt: Attempt): Promise<boolean> => {
  for (let look = 1; ; look += 1) {
    if (await taskStopped(world, attempt)) return true
    if (look === LOOKS) return false
    await world.pause(BETWEEN_LOOKS_MS)
  }
}

const LOOKS = 6
const BETWEEN_LOOKS_MS = 100

/** ECS forgets a task about an hour after it stopped; one just started can be unknown, too. */
const FORGOTTEN_MS = 10 * 60_000

/** A launch whose answer was lost: the task carries the attempt's id, also once it is told to stop. */
const tasksOf = async ({ tasks, settings }: World, startedBy: string): Promise<string[]> => {
  const cluster = settings.VIGIL_CLUSTER
  const pages = await Promise.all(
    (['RUNNING', 'STOPPED'] as const).map((desiredStatus) =>
      tasks.send(new ListTasksCommand({ cluster, startedBy, desiredStatus })),
    ),
  )
  return pages.flatMap(({ taskArns = [] }) => taskArns)
}
