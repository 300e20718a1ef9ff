import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

/** Which executions have to be looked at, and when. */
export type Wakes = ReturnType<typeof wakeTable>

/** The questions about the table of executions that wake them; they give ids. */
export function wakeTable(db: DatabaseSync) {
  const active = db.prepare('SELECT id FROM executions WHERE active = 1 ORDER BY id')
  const due = db.prepare('SELECT id FROM executions WHERE due <= ? ORDER BY due')
  const late = db.prepare('SELECT id FROM executions WHERE beatDue <= ? ORDER BY beatDue')
  const nextDue = db.prepare('SELECT min(due) AS at FROM executions WHERE due IS NOT NULL')
  const nextBeat = db.prepare('SELECT min(beatDue) AS at FROM executions WHERE beatDue IS NOT NULL')
  const beat = db.prepare('UPDATE executions SET beatDue = ? + beatSeconds * 1000 WHERE id = ?')
  const grant = db.prepare(`UPDATE executions
    SET beatDue = max(beatDue, ? + beatSeconds * 1000) WHERE beatDue IS NOT NULL`)
  const awaiting = db.prepare('SELECT id FROM executions WHERE awaits = ?')
  const parents = db.prepare('SELECT id FROM executions WHERE awaits IS NOT NULL ORDER BY id')
  const children = db.prepare(`SELECT id, startedBy FROM executions
    WHERE startedBy IS NOT NULL AND status = 'RUNNING' ORDER BY id`)
  return {
    /** Those that have something to do now. */
    active: () => Ids.parse(active.all()),
    /** Those whose time has come, or whose heartbeat has not. */
    due: (now: number) => [...new Set([...Ids.parse(due.all(now)), ...Ids.parse(late.all(now))])],
    /** The next time at which there are such. */
    next(): number | undefined {
      const times = [nextDue, nextBeat].map((query) => At.parse(query.get()))
      return times.filter((at) => at !== null).sort((a, b) => a - b)[0]
    },
    /** Notes a heartbeat. */
    beat: (id: number, now: number) => void beat.run(now, id),
    /** Gives every awaited heartbeat its full time again. */
    grantBeats: (now: number) => void grant.run(now),
    /** Those that wait for the execution of this ARN. */
    awaiting: (childArn: string) => Ids.parse(awaiting.all(childArn)),
    /** Those that wait for another execution. */
    parents: () => Ids.parse(parents.all()),
    /** The running ones that tasks started, with the tokens of these. */
    children: () => Children.parse(children.all()),
  }
}

const Ids = z.array(z.strictObject({ id: z.int() }).transform(({ id }) => id))
const At = z.strictObject({ at: z.number().nullable() }).transform(({ at }) => at)
const Children = z.array(z.strictObject({ id: z.int(), startedBy: z.string() }))
