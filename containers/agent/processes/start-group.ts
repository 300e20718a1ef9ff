import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

/** A program in a process group of its own, whose output is read. */
export interface GroupLeader extends ChildProcess {
  readonly stdout: Readable
  readonly stderr: Readable
}

/**
 * Starts a program in a process group of its own with only the given environment. Its stdin is what
 * it is given to read, and closed otherwise. Undefined when the system refuses it at once, as it does
 * more words than a program can take.
 */
export const startGroup = (
  [program, ...args]: readonly [string, ...string[]],
  { cwd, env, stdin }: { cwd: string; env: Record<string, string>; stdin?: string | undefined },
): GroupLeader | undefined => {
  const options = { cwd, env, detached: true } as const
  try {
    if (stdin === undefined)
      return spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    const child = spawn(program, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] })
    child.stdin.on('error', () => undefined) // A program need not read what it is given.
    child.stdin.end(stdin)
    return child
  } catch {
    return undefined
  }
}
