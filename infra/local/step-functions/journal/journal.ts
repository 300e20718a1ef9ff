import { DatabaseSync } from 'node:sqlite'
import { type Executions, executionTable } from './executions.ts'
import { forgetting } from './forget.ts'
import { type History, historyTable } from './history.ts'
import { type Machines, machineTable } from './machines.ts'
import { type StatusChanges, statusChangeTable } from './status-changes.ts'
import { type Wakes, wakeTable } from './wakes.ts'

/** All that the engine knows, in one SQLite file. A commit outlives the process, not the loss of power. */
export type Journal = {
  machines: Machines
  executions: Executions
  wakes: Wakes
  history: History
  statusChanges: StatusChanges
  /** Removes the executions that ended before a time, with their histories. */
  forget(endedBefore: number): void
  /** Carries out all of `work` or nothing of it, then says so to `onWrite`. */
  write<T>(work: () => T): T
  close(): void
}

/** Opens the journal in the file `path`, creating it if need be; `onWrite` gets the number of each commit. */
export function openJournal(path: string, onWrite: (n: number) => void): Journal {
  const db = new DatabaseSync(path)
  // Exclusive: a second engine on the same file would carry out every task a second time.
  db.exec('PRAGMA busy_timeout = 1000; PRAGMA locking_mode = EXCLUSIVE')
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  db.exec(SCHEMA)
  let writes = 0
  return {
    machines: machineTable(db),
    executions: executionTable(db),
    wakes: wakeTable(db),
    history: historyTable(db),
    statusChanges: statusChangeTable(db),
    forget: forgetting(db),
    write(work) {
      db.exec('BEGIN IMMEDIATE')
      let value: ReturnType<typeof work>
      try {
        value = work()
        db.exec('COMMIT')
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK') // A full disk has rolled back by itself.
        throw error
      }
      writes += 1
      onWrite(writes)
      return value
    },
    close: () => db.close(),
  }
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS machines (
    name TEXT NOT NULL, version INTEGER NOT NULL, definition TEXT NOT NULL, created REAL NOT NULL,
    PRIMARY KEY (name, version)
  );
  CREATE TABLE IF NOT EXISTS executions (
    id INTEGER PRIMARY KEY, machine TEXT NOT NULL, version INTEGER NOT NULL, pinned INTEGER NOT NULL,
    name TEXT NOT NULL, status TEXT NOT NULL, input TEXT NOT NULL, output TEXT, error TEXT, cause TEXT,
    started REAL NOT NULL, stopped REAL, startedBy TEXT, deadline REAL, position TEXT NOT NULL, variables TEXT NOT NULL,
    lastEvent INTEGER NOT NULL, previousEvent INTEGER NOT NULL,
    active INTEGER NOT NULL, due REAL, beatDue REAL, beatSeconds REAL, awaits TEXT,
    UNIQUE (machine, name)
  );
  CREATE INDEX IF NOT EXISTS executions_active ON executions (id) WHERE active = 1;
  CREATE INDEX IF NOT EXISTS executions_due ON executions (due) WHERE due IS NOT NULL;
  CREATE INDEX IF NOT EXISTS executions_beat_due ON executions (beatDue) WHERE beatDue IS NOT NULL;
  CREATE INDEX IF NOT EXISTS executions_awaits ON executions (awaits) WHERE awaits IS NOT NULL;
  CREATE INDEX IF NOT EXISTS executions_machine ON executions (machine, id);
  CREATE INDEX IF NOT EXISTS executions_started_by ON executions (startedBy) WHERE startedBy IS NOT NULL;
  CREATE TABLE IF NOT EXISTS events (
    execution INTEGER NOT NULL, id INTEGER NOT NULL, previous INTEGER NOT NULL, at REAL NOT NULL,
    type TEXT NOT NULL, details TEXT NOT NULL, PRIMARY KEY (execution, id)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS statusChanges (id INTEGER PRIMARY KEY, detail TEXT NOT NULL);
`
