import { Turn } from '#core/contracts/turn.ts'
import { type Entity, entity } from './entity.ts'
import { runPartition } from './run.ts'
import type { Table } from './table.ts'

/** Which turn of which run. */
export interface TurnKey {
  readonly runId: string
  readonly number: number
}

/** Turns by run and number. */
export const turns = (table: Table): Entity<Turn, TurnKey> =>
  entity(table, {
    contract: Turn,
    key: ({ runId, number }) => ({
      pk: runPartition(runId),
      sk: `turn#${String(number).padStart(4, '0')}`,
    }),
  })
