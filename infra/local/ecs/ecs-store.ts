import { DatabaseSync } from 'node:sqlite'
import { Task, TaskDefinition } from './task.ts'

/** Tasks and task definitions on disk, each change one write. */
export const openEcsStore = (path: string) => {
  const database = new DatabaseSync(path)
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS tasks (arn TEXT PRIMARY KEY, token TEXT UNIQUE, body TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS definitions (
      family TEXT NOT NULL, revision INTEGER NOT NULL, body TEXT NOT NULL,
      PRIMARY KEY (family, revision)
    );
  `)
  const putTask = database.prepare('INSERT OR REPLACE INTO tasks VALUES (?, ?, ?)')
  const oneTask = database.prepare('SELECT body FROM tasks WHERE arn = ?')
  const tokenTask = database.prepare('SELECT body FROM tasks WHERE token = ?')
  const allTasks = database.prepare('SELECT body FROM tasks')
  const putDefinition = database.prepare('INSERT INTO definitions VALUES (?, ?, ?)')
  const newest = database.prepare(
    'SELECT body FROM definitions WHERE family = ? ORDER BY revision DESC LIMIT 1',
  )
  const exact = database.prepare('SELECT body FROM definitions WHERE family = ? AND revision = ?')
  const task = (row: Record<string, unknown> | undefined): Task | undefined =>
    row && Task.parse(JSON.parse(String(row.body)))
  return {
    close: () => database.close(),
    save: (value: Task): void => {
      putTask.run(value.taskArn, value.clientToken ?? null, JSON.stringify(value))
    },
    task: (arn: string): Task | undefined => task(oneTask.get(arn)),
    byClientToken: (token: string): Task | undefined => task(tokenTask.get(token)),
    tasks: (): Task[] => allTasks.all().flatMap((row) => task(row) ?? []),
    register: (definition: TaskDefinition): void => {
      putDefinition.run(definition.family, definition.revision, JSON.stringify(definition))
    },
    /** By ARN, `family:revision`, or family for the newest. */
    definition: (name: string): TaskDefinition | undefined => {
      const [family = '', revision] = name.replace(/^arn:.*:task-definition\//, '').split(':')
      const row = revision === undefined ? newest.get(family) : exact.get(family, Number(revision))
      return row && TaskDefinition.parse(JSON.parse(String(row.body)))
    },
  }
}

export type EcsStore = ReturnType<typeof openEcsStore>
