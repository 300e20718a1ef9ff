import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

/** The detail of EventBridge's event "Step Functions Execution Status Change"; dates in milliseconds. */
export type ExecutionStatusChange = z.infer<typeof ExecutionStatusChange>
const ExecutionStatusChange = z.strictObject({
  executionArn: z.string(),
  stateMachineArn: z.string(),
  name: z.string(),
  status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']),
  startDate: z.number(),
  stopDate: z.number().nullable(),
  input: z.string().nullable(),
  output: z.string().nullable(),
  error: z.string().nullable(),
  cause: z.string().nullable(),
})

/** The status changes that were not yet published. */
export type StatusChanges = ReturnType<typeof statusChangeTable>

/** The table of status changes that wait to be published. */
export function statusChangeTable(db: DatabaseSync) {
  const insert = db.prepare('INSERT INTO statusChanges (detail) VALUES (?)')
  const first = db.prepare('SELECT id, detail FROM statusChanges ORDER BY id LIMIT 1')
  const remove = db.prepare('DELETE FROM statusChanges WHERE id = ?')
  return {
    add: (detail: ExecutionStatusChange) => void insert.run(JSON.stringify(detail)),
    first: () => Pending.optional().parse(first.get()),
    remove: (id: number) => void remove.run(id),
  }
}

const Pending = z.strictObject({
  id: z.int(),
  detail: z.string().transform((text) => ExecutionStatusChange.parse(JSON.parse(text))),
})
