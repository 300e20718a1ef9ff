import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { dueTime } from './due-time.ts'
import { Execution } from './execution.ts'

/** The executions, and when each has to be looked at again. */
export type Executions = ReturnType<typeof executionTable>

/** The table of executions. Records are read when they are needed and never kept. */
export function executionTable(db: DatabaseSync) {
  const insert = db.prepare(`INSERT INTO executions (${COLUMNS}, active, due, awaits)
    VALUES (NULL, ${COLUMNS.slice(4).replace(/\w+/g, ':$&')}, :active, :due, :awaits)`)
  const update =
    db.prepare(`UPDATE executions SET status = :status, output = :output, error = :error,
    cause = :cause, stopped = :stopped, position = :position, variables = :variables,
    lastEvent = :lastEvent, previousEvent = :previousEvent, beatDue = :beatDue, beatSeconds = :beatSeconds,
    active = :active, due = :due, awaits = :awaits WHERE id = :id`)
  const byId = db.prepare(`SELECT ${COLUMNS} FROM executions WHERE id = ?`)
  const byName = db.prepare(`SELECT ${COLUMNS} FROM executions WHERE machine = ? AND name = ?`)
  const byStarter = db.prepare(`SELECT ${COLUMNS} FROM executions WHERE startedBy = ?`)
  const active = db.prepare('SELECT id FROM executions WHERE active = 1 ORDER BY id')
  const due = db.prepare('SELECT id FROM executions WHERE due <= ? ORDER BY due')
  const beatDue = db.prepare('SELECT id FROM executions WHERE beatDue <= ? ORDER BY beatDue')
  const nextDue = db.prepare('SELECT min(due) AS due FROM executions WHERE due IS NOT NULL')
  const nextBeat = db.prepare(
    'SELECT min(beatDue) AS due FROM executions WHERE beatDue IS NOT NULL',
  )
  const beat = db.prepare('UPDATE executions SET beatDue = ? + beatSeconds * 1000 WHERE id = ?')
  const grant = db.prepare(
    'UPDATE executions SET beatDue = max(beatDue, ? + beatSeconds * 1000) WHERE beatDue IS NOT NULL',
  )
  const awaiting = db.prepare('SELECT id FROM executions WHERE awaits = ?')
  const parents = db.prepare('SELECT id FROM executions WHERE awaits IS NOT NULL ORDER BY id')
  const list =
    db.prepare(`SELECT ${COLUMNS} FROM executions WHERE machine = :machine AND id < :before
    AND (:version IS NULL OR version = :version) AND (:status IS NULL OR status = :status)
    ORDER BY id DESC LIMIT :limit`)
  return {
    add(row: Omit<Execution, 'id'>): number {
      return Number(insert.run({ ...columnsOf(row), ...setOnce(row) }).lastInsertRowid)
    },
    save: (row: Execution) => void update.run({ ...columnsOf(row), id: row.id }),
    load: (id: number) => Execution.parse(byId.get(id)),
    exists: (id: number) => byId.get(id) !== undefined,
    find: (machine: string, name: string) => Execution.optional().parse(byName.get(machine, name)),
    startedBy: (token: string) => Execution.optional().parse(byStarter.get(token)),
    /** Those that have something to do now. */
    active: () => Ids.parse(active.all()),
    due: (now: number) => [
      ...new Set([...Ids.parse(due.all(now)), ...Ids.parse(beatDue.all(now))]),
    ],
    nextDue(): number | undefined {
      const times = [Due.parse(nextDue.get()), Due.parse(nextBeat.get())].filter(
        (time) => time !== null,
      )
      return times.length > 0 ? Math.min(...times) : undefined
    },
    beat: (id: number, now: number) => void beat.run(now, id),
    /** Gives every awaited heartbeat its full time again. */
    grantBeats: (now: number) => void grant.run(now),
    awaiting: (childArn: string) => Ids.parse(awaiting.all(childArn)),
    /** Those that wait for another execution. */
    parents: () => Ids.parse(parents.all()),
    /** The newest first, of one status or version if given, with ids below `before`. */
    list(filter: {
      machine: string
      version: number | null
      status: string | null
      before: number
      limit: number
    }) {
      return z.array(Execution).parse(list.all(filter))
    },
  }
}

const COLUMNS = `id, machine, version, pinned, name, status, input, output, error, cause, started, stopped,
  startedBy, deadline, beatDue, beatSeconds, position, variables, lastEvent, previousEvent`

const Ids = z.array(z.strictObject({ id: z.int() }).transform(({ id }) => id))
const Due = z.strictObject({ due: z.number().nullable() }).transform(({ due }) => due)

function setOnce(row: Omit<Execution, 'id'>) {
  const { machine, version, pinned, name, input, started, startedBy, deadline } = row
  return { machine, version, pinned: Number(pinned), name, input, started, startedBy, deadline }
}

function columnsOf(row: Omit<Execution, 'id'>) {
  const { status, output, error, cause, stopped, lastEvent, previousEvent, position, variables } =
    row
  const running = status === 'RUNNING'
  const { phase, task } = position
  return {
    status,
    output,
    error,
    cause,
    stopped,
    position: JSON.stringify(position),
    variables: JSON.stringify(variables),
    lastEvent,
    previousEvent,
    beatDue: running ? row.beatDue : null,
    beatSeconds: row.beatSeconds,
    active: Number(
      running && (phase === 'entering' || phase === 'invoking' || phase === 'settled'),
    ),
    due: dueTime(row),
    awaits: (running && phase === 'submitted' && task?.child) || null,
  }
}
