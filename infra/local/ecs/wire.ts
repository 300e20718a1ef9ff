import { z } from 'zod'
import type { EcsEngine } from './ecs.ts'
import { Refusal, refuse } from './refusal.ts'
import { registerDefinition } from './register-definition.ts'
import { runTask } from './run-task.ts'
import { seenTask } from './seen-task.ts'
import { NewTaskDefinition } from './task.ts'

const OneTask = z.object({ task: z.string(), reason: z.string().default('stopped by a person') })
const ManyTasks = z.object({ tasks: z.array(z.string()).max(100) })
const ListTasks = z.object({
  startedBy: z.string().optional(),
  desiredStatus: z.enum(['RUNNING', 'STOPPED']).default('RUNNING'),
})

/** Answers one operation of `AmazonEC2ContainerServiceV20141113` (awsJson1_1). */
export const ecsWire = (engine: EcsEngine) => {
  const operations: Record<string, (body: unknown) => unknown> = {
    RunTask: (body) => runTask(engine, body),
    StopTask: (body) => {
      const { task: arn, reason } = OneTask.parse(body)
      const task = engine.store.task(arn)
      if (!task) return refuse('InvalidParameterException', 'The referenced task was not found.')
      const stopped = task.desiredStatus === 'STOPPED' ? task : engine.stop(task, reason)
      return { task: seenTask(stopped) }
    },
    DescribeTasks: (body) => {
      const arns = ManyTasks.parse(body).tasks
      return {
        tasks: arns.flatMap((arn) => engine.store.task(arn) ?? []).map(seenTask),
        failures: arns
          .filter((arn) => !engine.store.task(arn))
          .map((arn) => ({ arn, reason: 'MISSING' })),
      }
    },
    ListTasks: (body) => {
      const { startedBy, desiredStatus } = ListTasks.parse(body)
      const matching = engine.store
        .tasks()
        .filter((task) => task.desiredStatus === desiredStatus)
        .filter((task) => startedBy === undefined || task.startedBy === startedBy)
      return { taskArns: matching.map(({ taskArn }) => taskArn) }
    },
    RegisterTaskDefinition: (body) => ({
      taskDefinition: registerDefinition(engine, NewTaskDefinition.parse(body)),
    }),
    DescribeTaskDefinition: (body) => {
      const { taskDefinition } = z.object({ taskDefinition: z.string() }).parse(body)
      const known = engine.store.definition(taskDefinition)
      return known
        ? { taskDefinition: known }
        : refuse('ClientException', 'Unable to describe task definition.')
    },
  }
  return async (operation: string, body: unknown): Promise<{ status: number; body: unknown }> => {
    try {
      const run = operations[operation]
      if (!run) return { status: 400, body: { __type: 'UnknownOperationException' } }
      return { status: 200, body: run(body) }
    } catch (error) {
      if (error instanceof Refusal)
        return { status: 400, body: { __type: error.name, message: error.message } }
      if (error instanceof z.ZodError)
        return {
          status: 400,
          body: { __type: 'InvalidParameterException', message: z.prettifyError(error) },
        }
      throw error
    }
  }
}
