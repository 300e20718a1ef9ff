import type { EcsEngine } from './ecs.ts'
import { type NewTaskDefinition, TaskDefinition } from './task.ts'

/** Registers the next revision of a family. */
export const registerDefinition = (
  { options, store }: EcsEngine,
  given: NewTaskDefinition,
): TaskDefinition => {
  const { family } = given
  const revision = (store.definition(family)?.revision ?? 0) + 1
  const { region, account } = options
  const taskDefinitionArn = `arn:aws:ecs:${region}:${account}:task-definition/${family}:${revision}`
  const definition = TaskDefinition.parse({
    ...given,
    taskDefinitionArn,
    revision,
    status: 'ACTIVE',
  })
  store.register(definition)
  return definition
}
