import type { Project, ProjectConfig } from '#core/contracts/project.ts'
import { isoNow } from '#functions/store/store.ts'
import type { World } from '#functions/world.ts'
import { registerTaskDefinition } from './register-task-definition.ts'

/** Creates a project, or gives one that is there a new configuration for its next runs (T18). */
export const saveProject = async (
  world: World,
  id: string,
  config: ProjectConfig,
): Promise<Project> => {
  const { store } = world
  const taskDefinition = await registerTaskDefinition(world, id, config)
  for (let round = 1; round <= ROUNDS; round += 1) {
    const known = await store.projects.get(id)
    const saved = known
      ? await store.projects.update(id, {
          set: { config, taskDefinition, revision: known.revision + 1 },
          when: { revision: known.revision },
        })
      : await store.table.transact([
          store.projects.create(id, {
            id,
            config,
            taskDefinition,
            revision: 1,
            failures: 0,
            phaseUsd: {},
            notes: '',
            createdAt: isoNow(store),
          }),
        ])
    const project = saved ? await store.projects.get(id) : undefined
    if (project) return project
  }
  throw new Error(`project ${id} changed under us ${ROUNDS} times`)
}

const ROUNDS = 8
