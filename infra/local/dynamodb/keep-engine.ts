import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from '#infra/local/processes.ts'
import { type KnownProcess, stopProcess } from './engine-process.ts'

/**
 * Keeps an engine running: one that dies is started again on its port, so that a plane and live
 * supervisors go on after a moment. Stops with `stop`.
 */
export const keepEngine = (
  first: KnownProcess,
  start: () => Promise<KnownProcess>,
): { stop: () => Promise<void> } => {
  let current = first
  let stopping = false
  const waking = new AbortController()
  const watch = async (): Promise<void> => {
    for (let pause = LOOK_MS; !stopping; ) {
      await sleep(pause, undefined, { signal: waking.signal }).catch(() => undefined)
      if (stopping || isAlive(current)) continue
      // It may need more than one try: the port of one that was killed is not free at once.
      const again = await start().catch(() => undefined)
      current = again ?? current
      pause = again ? LOOK_MS : Math.min(2 * pause, LONGEST_MS)
    }
  }
  const watching = watch()
  return {
    stop: async () => {
      stopping = true
      waking.abort()
      await stopProcess(current)
      await watching
      await stopProcess(current)
    },
  }
}

const LOOK_MS = 50

/** Between tries of an engine that does not start: its disk may be full. */
const LONGEST_MS = 5_000
