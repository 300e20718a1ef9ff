import { randomBytes } from 'node:crypto'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, type Judgement, ok, warn } from './diagnosis.ts'
import { nearest } from './folder.ts'

/** Other clocks minus the local one, milliseconds; undefined where they could not be read. */
export interface ClockFacts {
  readonly 'file system': number | undefined
  readonly plane: number | undefined
}

/** Whether the clocks that leases, beats and deadlines are compared by agree. */
export const judgeClock = (facts: ClockFacts): Judgement => {
  const skews = Object.entries(facts).flatMap(([whose, ms]) =>
    ms === undefined ? [] : [{ whose, ms }],
  )
  const [most] = skews.sort((a, b) => Math.abs(b.ms) - Math.abs(a.ms))
  if (!most) return warn('no other clock could be read', 'See the data folder.')
  const says = `the clock of the ${most.whose} is ${(Math.abs(most.ms) / 1000).toFixed(1)} s ${most.ms < 0 ? 'behind' : 'ahead of'} this one`
  const remedy = 'Set the clocks by NTP: deadlines and beats are compared by them.'
  if (Math.abs(most.ms) > FAIL_MS) return fail(says, remedy)
  return Math.abs(most.ms) > WARN_MS ? warn(says, remedy) : ok('all clocks agree')
}

/** A quarter of the default beat of a task, and half of its fence (T2, T4). */
const WARN_MS = 5_000
const FAIL_MS = 45_000

/** The time that the file system gives a new file, against the local clock. */
export const fileSkew = (folder: string): number | undefined => {
  const file = join(nearest(folder), `.vigil-doctor-${randomBytes(6).toString('hex')}`)
  try {
    const before = Date.now()
    writeFileSync(file, '')
    const after = Date.now()
    const { mtimeMs } = statSync(file)
    if (mtimeMs > after) return mtimeMs - after
    return Math.min(0, mtimeMs - before + TICK_MS)
  } catch {
    return undefined
  } finally {
    rmSync(file, { force: true })
  }
}

/** The kernel's own time in files is as old as its last tick. */
const TICK_MS = 20
