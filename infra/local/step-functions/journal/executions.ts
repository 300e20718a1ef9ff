import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { dueTime } from './due-time.ts'
import { Execution } from './execution.ts'

/** The executions: their records are read when they are needed and never kept. */
export type Executions = ReturnType<typeof executionTable>

/** Which executions a list has: the newest first, of one version or status if given, with ids below `before`. */
export type ListFilter = {
  machine: string
  version: number | null
  status: string | null
  before: number
  limit: number
}

/** The table of executions. */
export function executionTable(db: DatabaseSync) {
  const insert = db.prepare(`INSERT INTO executions (${COLUMNS}, active, due, awaits)
    VALUES (NULL, ${COLUMNS.slice(4).replace(/\w+/g, ':$&')}, :active, :due, :awaits)`)
  const update = db.prepare(`UPDATE executions
    SET status = :status, output = :output, error = :error, cause = :cause, stopped = :stopped,
    position = :position, variables = :variables, lastEvent = :lastEvent,
    previousEvent = :previousEvent, beatDue = :beatDue, beatSeconds = :beatSeconds,
    active = :active, due = :due, awaits = :awaits WHERE id = :id`)
  const select = `SELECT ${COLUMNS} FROM executions`
  const byId = db.prepare(`${select} WHERE id = ?`)
  const byName = db.prepare(`${select} WHERE machine = ? AND name = ?`)
  const byStarter = db.prepare(`${select} WHERE startedBy = ?`)
  const list = db.prepare(`${select} WHERE machine = :machine AND id < :before
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
    /** The one that the task of this token started. */
    startedBy: (token: string) => Execution.optional().parse(byStarter.get(token)),
    list: (filter: ListFilter) => z.array(Execution).parse(list.all(filter)),
  }
}

const COLUMNS = `id, machine, version, pinned, name, status, input, output, error, cause, started,
  stopped, startedBy, deadline, beatDue, beatSeconds, position, variables, lastEvent, previousEvent`

function setOnce(row: Omit<Execution, 'id'>) {
  const { machine, version, pinned, name, input, started, startedBy, deadline } = row
  return { machine, version, pinned: Number(pinned), name, input, started, startedBy, deadline }
}

function columnsOf(row: Omit<Execution, 'id'>) {
  const { status, output, error, cause, stopped, lastEvent, previousEvent, beatSeconds } = row
  const { phase, task } = row.position
  const running = status === 'RUNNING'
  const moves = phase === 'entering' || phase === 'invoking' || phase === 'settled'
  return {
    status,
    output,
    error,
    cause,
    stopped,
    position: JSON.stringify(row.position),
    variables: JSON.stringify(row.variables),
    lastEvent,
    previousEvent,
    beatSeconds,
    beatDue: running ? row.beatDue : null,
    due: dueTime(row),
    active: Number(running && moves),
    awaits: (running && phase === 'submitted' && task?.child) || null,
  }
}
