import { z } from 'zod'
import type { EcsEngine } from './ecs.ts'
import { refuse } from './refusal.ts'
import { seenTask } from './seen-task.ts'
import type { Task } from './task.ts'

const Override = z.object({
  containerOverrides: z
    .array(
      z.object({
        environment: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
      }),
    )
    .default([]),
})

const RunTask = z.object({
  taskDefinition: z.string(),
  clientToken: z.string().max(64).optional(),
  startedBy: z.string().max(128).optional(),
  overrides: Override.prefault({}),
})

/** Starts a task; the same client token again answers the same task. */
export const runTask = (engine: EcsEngine, body: unknown) => {
  const request = RunTask.parse(body)
  const { options, store } = engine
  const again =
    request.clientToken === undefined ? undefined : store.byClientToken(request.clientToken)
  if (again) return { tasks: [seenTask(again)], failures: [] }
  if (engine.closing) return refuse('ServerException', 'The plane is being shut down.')
  const definition = store.definition(request.taskDefinition)
  if (!definition) return refuse('ClientException', 'TaskDefinition not found.')
  const { region, account, newId, now } = options
  const variables = request.overrides.containerOverrides[0]?.environment ?? []
  const task: Task = {
    taskArn: `arn:aws:ecs:${region}:${account}:task/vigil/${newId()}`,
    taskDefinitionArn: definition.taskDefinitionArn,
    clusterArn: `arn:aws:ecs:${region}:${account}:cluster/vigil`,
    ...(request.clientToken !== undefined && { clientToken: request.clientToken }),
    ...(request.startedBy !== undefined && { startedBy: request.startedBy }),
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    version: 1,
    environment: Object.fromEntries(
      variables
        .filter(({ name }) => name.startsWith('VIGIL_')) // Nothing that changes how it is run.
        .map(({ name, value }) => [name, value]),
    ),
    createdAt: now(),
    reported: false,
  }
  store.save(task)
  options.changed(task).catch(() => undefined)
  engine.launch(task)
  return { tasks: [seenTask(store.task(task.taskArn) ?? task)], failures: [] }
}
