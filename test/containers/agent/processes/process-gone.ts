import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

/** Waits until a process is no more; one that only waits to be reaped is no more, either. */
export const processGone = (pid: number): Promise<void> =>
  expect.poll(() => stateOf(pid), { interval: 10, timeout: 5_000 }).toMatch(/gone|Z/)

const stateOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .slice(0, 1)
  } catch {
    return 'gone'
  }
}
