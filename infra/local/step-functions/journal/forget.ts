import type { DatabaseSync } from 'node:sqlite'

/** Removes the executions that ended before a time, with their histories. */
export function forgetting(db: DatabaseSync): (endedBefore: number) => void {
  const events = db.prepare(`DELETE FROM events
    WHERE execution IN (SELECT id FROM executions WHERE stopped < ?)`)
  const executions = db.prepare('DELETE FROM executions WHERE stopped < ?')
  return (endedBefore) => {
    events.run(endedBefore)
    executions.run(endedBefore)
  }
}
