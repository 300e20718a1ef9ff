import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isAlive } from '#infra/local/processes.ts'

const Owner = z.object({ pid: z.number().int(), startTime: z.string() })

/** Who holds a data folder: nobody, a process that is there, one that is gone, or nobody can tell. */
export type Holder =
  | { readonly held: 'no' | 'unreadable' }
  | { readonly held: 'alive' | 'dead'; readonly pid: number }

/** Reads the lock of a data folder. */
export const holderOf = (folder: string): Holder => {
  const lock = join(folder, 'lock')
  if (!existsSync(lock)) return { held: 'no' }
  try {
    const owner = Owner.parse(JSON.parse(readFileSync(lock, 'utf8')))
    return { held: isAlive(owner) ? 'alive' : 'dead', pid: owner.pid }
  } catch {
    return { held: 'unreadable' }
  }
}
