import type { EcsOptions } from './ecs.ts'
import type { Task, TaskDefinition } from './task.ts'

/** A task's environment: the services, the definition's variables and secrets, the overrides. */
export const taskEnvironment = (
  definition: TaskDefinition | undefined,
  task: Task,
  { services, secrets }: EcsOptions,
): Record<string, string> => {
  const container = definition?.containerDefinitions[0]
  const given = (container?.environment ?? []).map(({ name, value }) => [name, value])
  const resolved = (container?.secrets ?? []).flatMap(({ name, valueFrom }) => {
    const value = secrets[valueFrom.slice(valueFrom.lastIndexOf('/') + 1)]
    return value === undefined ? [] : [[name, value]]
  })
  return {
    ...services(),
    ...Object.fromEntries([...given, ...resolved]),
    ...task.environment,
  }
}
