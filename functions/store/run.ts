import { Run } from '#core/contracts/run.ts'
import { runEnded } from '#core/decisions/transition.ts'
import { type Entity, entity } from './entity.ts'
import type { Table } from './table.ts'

/** Partition of a run, its turns, attempts and events. */
export const runPartition = (runId: string): string => `run#${runId}`

/** Runs by id; listed by project. */
export const runs = (table: Table): Entity<Run, string> =>
  entity(table, {
    contract: Run,
    key: (runId) => ({ pk: runPartition(runId), sk: 'run' }),
    list: ({ projectId }) => `runs#${projectId}`,
    live: ({ status }) => status && !runEnded(status),
  })
