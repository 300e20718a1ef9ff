import { z } from 'zod'
import { type Entity, entity } from './entity.ts'
import { projectPartition } from './project.ts'
import type { Table } from './table.ts'

/** What a project did on one day of its own time zone (G9, G10). */
export const Day = z.strictObject({ fires: z.number().int(), usd: z.number() })
export type Day = z.infer<typeof Day>

/** Days by project and date (`2026-01-31`). */
export const days = (table: Table): Entity<Day, { projectId: string; date: string }> =>
  entity(table, {
    contract: Day,
    key: ({ projectId, date }) => ({ pk: projectPartition(projectId), sk: `day#${date}` }),
  })
