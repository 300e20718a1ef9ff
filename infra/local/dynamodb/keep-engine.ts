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
  const watch = async (): Promise<void> => {
    while (!stopping) {
      await sleep(LOOK_MS)
      if (stopping || isAlive(current)) continue
      // It may need more than one try: the port of one that was killed is not free at once.
      current = await start().catch(() => current)
    }
  }
  const watching = watch()
  return {
    stop: async () => {
      stopping = true
      await stopProcess(current)
      await watching
      await stopProcess(current)
    },
  }
}

const LOOK_MS = 50
