import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

/** How a process ended; one that could not be started has the exit code that a shell gives it. */
export const exitOf = (
  child: ChildProcess,
): Promise<{ code: number | null; signal: string | null }> =>
  new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
    child.once('error', (error) =>
      resolve({ code: 'code' in error && error.code === 'ENOENT' ? 127 : 126, signal: null }),
    )
  })

/**
 * Waits until all that a process wrote is read. To be called before it ends; a descendant that holds
 * its output open is waited for only so long once `exited` is there.
 */
export const outputOf = async (child: ChildProcess, exited: Promise<unknown>): Promise<void> => {
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await exited
  await Promise.race([closed, sleep(DRAIN_MS, undefined, { ref: false })])
  child.stdout?.destroy()
  child.stderr?.destroy()
}

const DRAIN_MS = 500
