import { Cycle } from '#core/contracts/cycle.ts'
import { type Entity, entity } from './entity.ts'
import type { Table } from './table.ts'

/** Cycles by id; listed by project. */
export const cycles = (table: Table): Entity<Cycle, string> =>
  entity(table, {
    contract: Cycle,
    key: (cycleId) => ({ pk: `cycle#${cycleId}`, sk: 'cycle' }),
    list: ({ projectId }) => `cycles#${projectId}`,
  })
