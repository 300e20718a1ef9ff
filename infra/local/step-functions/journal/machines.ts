import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

/** One stored definition of a state machine. `created` is in milliseconds. */
export type MachineVersion = z.infer<typeof MachineVersion>
const MachineVersion = z.strictObject({
  name: z.string(),
  version: z.int(),
  definition: z.string(),
  created: z.number(),
})

/** The definitions that ever were, so that a running execution goes on with its own. */
export type Machines = ReturnType<typeof machineTable>

/** The table of definitions. */
export function machineTable(db: DatabaseSync) {
  const insert = db.prepare(
    'INSERT INTO machines (name, version, definition, created) VALUES (?, ?, ?, ?)',
  )
  const one = db.prepare('SELECT * FROM machines WHERE name = ? AND version = ?')
  const newest = db.prepare('SELECT * FROM machines WHERE name = ? ORDER BY version DESC LIMIT 1')
  const all = db.prepare('SELECT * FROM machines WHERE name = ? ORDER BY version DESC')
  return {
    add: (row: MachineVersion) =>
      void insert.run(row.name, row.version, row.definition, row.created),
    find: (name: string, version: number) =>
      MachineVersion.optional().parse(one.get(name, version)),
    newest: (name: string) => MachineVersion.optional().parse(newest.get(name)),
    versions: (name: string) => z.array(MachineVersion).parse(all.all(name)),
  }
}
