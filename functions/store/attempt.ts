import { Attempt } from '#core/contracts/attempt.ts'
import { attemptEnded } from '#core/decisions/transition.ts'
import { partsOfAttemptId } from '#core/ids.ts'
import { type Entity, entity } from './entity.ts'
import { runPartition } from './run.ts'
import type { Table } from './table.ts'

/** Attempts by id, which names run and turn. */
export const attempts = (table: Table): Entity<Attempt, string> =>
  entity(table, {
    contract: Attempt,
    key: (attemptId) => ({
      pk: runPartition(partsOfAttemptId(attemptId).runId),
      sk: `attempt#${sortable(attemptId)}`,
    }),
    live: ({ state }) => state && !attemptEnded(state),
  })

const sortable = (attemptId: string): string => {
  const { turnNumber, number } = partsOfAttemptId(attemptId)
  return [turnNumber, number].map((part) => String(part).padStart(4, '0')).join('#')
}
