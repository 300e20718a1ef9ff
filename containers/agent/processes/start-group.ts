import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

/**
 * Starts a program in a process group of its own, with stdin closed and only the given environment.
 * Undefined when the system refuses it at once, as it does more words than a program can take.
 */
export const startGroup = (
  [program, ...args]: readonly [string, ...string[]],
  { cwd, env }: { cwd: string; env: Record<string, string> },
): ChildProcessByStdio<null, Readable, Readable> | undefined => {
  try {
    return spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  } catch {
    return undefined
  }
}
