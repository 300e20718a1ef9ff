import { Project } from '#core/contracts/project.ts'
import { type Entity, entity } from './entity.ts'
import type { Table } from './table.ts'

/** Partition of a project, its lease, days and plan keys. */
export const projectPartition = (projectId: string): string => `project#${projectId}`

/** Projects by id, all in one list. */
export const projects = (table: Table): Entity<Project, string> =>
  entity(table, {
    contract: Project,
    key: (projectId) => ({ pk: projectPartition(projectId), sk: 'project' }),
    list: () => 'projects',
  })
