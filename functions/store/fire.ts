import { z } from 'zod'
import { type Entity, entity } from './entity.ts'
import type { Table } from './table.ts'

const FireRecord = z.strictObject({ runId: z.string(), expiresAt: z.number().int() })

/** Which run a fire started: the same fire twice starts one (G16). Kept for 24 hours. */
export const fires = (table: Table): Entity<z.infer<typeof FireRecord>, string> =>
  entity(table, {
    contract: FireRecord,
    key: (fireId) => ({ pk: `fire#${fireId}`, sk: 'fire' }),
  })
