import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

/** One event of an execution's history; `details` as GetExecutionHistory names them, `at` in milliseconds. */
export type HistoryEvent = z.infer<typeof HistoryEvent>
const HistoryEvent = z.strictObject({
  id: z.int(),
  previous: z.int(),
  at: z.number(),
  type: z.string(),
  details: z.string().transform((text) => Details.parse(JSON.parse(text))),
})
const Details = z.record(z.string(), z.unknown())

/** The events of all executions. */
export type History = ReturnType<typeof historyTable>

/** The table of events. */
export function historyTable(db: DatabaseSync) {
  const insert = db.prepare(
    'INSERT INTO events (execution, id, previous, at, type, details) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const columns = 'SELECT id, previous, at, type, details FROM events WHERE execution = ?'
  const oldest = db.prepare(`${columns} ORDER BY id LIMIT ? OFFSET ?`)
  const newest = db.prepare(`${columns} ORDER BY id DESC LIMIT ? OFFSET ?`)
  return {
    add(execution: number, event: HistoryEvent) {
      const { id, previous, at, type, details } = event
      insert.run(execution, id, previous, at, type, JSON.stringify(details))
    },
    page(execution: number, reverse: boolean, limit: number, offset: number) {
      return z.array(HistoryEvent).parse((reverse ? newest : oldest).all(execution, limit, offset))
    },
  }
}
