import { Event } from '#core/contracts/event.ts'
import { type Entity, entity } from './entity.ts'
import { runPartition } from './run.ts'
import type { Table } from './table.ts'

/** Sort key of a run's event. */
export const eventSortKey = (sequence: number): string =>
  `event#${String(sequence).padStart(8, '0')}`

/** Events by run and sequence number. */
export const events = (table: Table): Entity<Event, { runId: string; sequence: number }> =>
  entity(table, {
    contract: Event,
    key: ({ runId, sequence }) => ({ pk: runPartition(runId), sk: eventSortKey(sequence) }),
  })
