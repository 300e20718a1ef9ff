import type { NewEvent } from '#core/contracts/event.ts'
import { ProjectConfig } from '#core/contracts/project.ts'
import type { Run } from '#core/contracts/run.ts'
import { newId } from '#core/ids.ts'
import type { Write } from '#functions/store/table.ts'
import { simulatedBucket } from '../bucket.ts'
import { openSimulatedStore } from '../open-store.ts'
import { openMemoryTable } from './memory-table.ts'

/** Some event. */
export const AN_EVENT: NewEvent = { kind: 'turn.started' }

const AT = '2026-01-31T12:00:00.000Z'

/** What stands for the store on a table engine, so that its contract is held to by the table in memory, too. */
export const openTestStore = async () => {
  const table = openMemoryTable(() => new Promise((done) => setImmediate(done)))
  const store = openSimulatedStore(table, simulatedBucket(), () => Date.parse(AT))
  let runs = 0
  return {
    store: { ...store, random: Math.random },
    write: async (...writes: Write[]) => {
      if (!(await store.table.transact(writes))) throw new Error('it could not be written')
    },
    aRun: (set: Partial<Run> = {}): Run => {
      runs += 1
      return {
        id: newId('run', String(runs).padStart(26, '0')),
        projectId: 'project-1',
        fireId: `fire-${runs}`,
        trigger: 'manual',
        actor: 'test',
        forced: [],
        status: 'running',
        config: ProjectConfig.parse({ source: { location: '/nowhere' } }),
        sequence: 0,
        turns: 0,
        attempts: 0,
        usd: 0,
        tokens: 0,
        usdEstimated: false,
        waitedSeconds: 0,
        createdAt: AT,
        deadlineAt: AT,
        ...set,
      }
    },
    close: async () => {},
  }
}
