import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Attempt } from '#core/contracts/attempt.ts'
import { runEnded } from '#core/decisions/transition.ts'
import { configOf } from './configure.ts'
import { type Ground, openGround } from './ground.ts'
import type { FaultRow } from './row.ts'
import type { ProcessWatch } from './watch-processes.ts'
import { type TableWatch, watchTable } from './watch-table.ts'

/** A run that a fault hits, and those who look on. */
export interface Scene extends Ground {
  readonly runId: string
  readonly processes: ProcessWatch
  readonly table: TableWatch
  /** When the fault was there, in epoch milliseconds; by default when its injection was over. */
  faultAt: number | undefined
  /** The attempt that is hit, as last seen. */
  target(): Attempt | undefined
  /** The same, once it is as wanted. Throws after half a minute, or when the run is over. */
  hit(wanted: (attempt: Attempt) => boolean): Promise<Attempt>
  /** When an agent has signed a word. Throws after half a minute. */
  signed(word: string): Promise<number>
  ended(): boolean
}

/** Opens the ground of a fault and fires the run. */
export const openScene = async (row: FaultRow, processes: ProcessWatch): Promise<Scene> => {
  const ground = await openGround(row)
  try {
    const given = await row.before?.(ground)
    await ground.client.saveProject('fault', configOf(row, ground, given))
    const fired = await ground.client.fire('fault', { force: [], propose: false }, 'the-fire')
    if (fired.run === null) throw new Error(`not fired: ${fired.reason}`)
    const table = watchTable(ground.services.store, fired.run)
    ground.closing(table.stop)
    return { ...ground, runId: fired.run, processes, table, ...eyes(row, ground.folder, table) }
  } catch (error) {
    await ground.close()
    throw error
  }
}

const eyes = (row: FaultRow, folder: string, table: TableWatch) => {
  const ended = () => {
    const run = table.run()
    return run !== undefined && runEnded(run.status)
  }
  const target = () =>
    table
      .attempts()
      .find(({ phase, number }) => phase === (row.phase ?? 'discovery') && number === 1)
  return {
    faultAt: undefined,
    ended,
    target,
    hit: async (wanted: (attempt: Attempt) => boolean) => {
      await until(`${row.name}: an attempt to hit`, () => {
        const attempt = target()
        return ended() || (attempt !== undefined && wanted(attempt))
      })
      const attempt = target()
      if (!attempt || !wanted(attempt)) throw new Error('the run ended before the fault')
      return attempt
    },
    signed: async (word: string) => {
      await until(`${row.name}: ${word}, signed`, () => signOf(folder, word) !== undefined)
      return signOf(folder, word) ?? 0
    },
  }
}

/** Waits for a fact. Throws after so many seconds. */
export const until = async (
  what: string,
  fact: () => boolean | Promise<boolean>,
  seconds = 30,
): Promise<void> => {
  for (const end = Date.now() + seconds * 1000; !(await fact()); await sleep(10))
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`)
}

/** Agents sign with a word and a time. */
const signOf = (folder: string, word: string): number | undefined => {
  const file = join(folder, 'signs')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  const signed = lines.find((line) => line.startsWith(`${word} `))
  return signed === undefined ? undefined : Number(signed.split(' ')[1])
}
