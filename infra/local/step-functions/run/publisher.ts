import type { Clock } from '../clock.ts'
import type { Journal } from '../journal/journal.ts'
import type { ExecutionStatusChange } from '../journal/status-changes.ts'

/** Hands status changes out in their order, each until it was taken: at least once, also over a crash. */
export type Publisher = { flush(): Promise<void>; stop(): void }

/** A publisher of what the journal holds. What `publish` refuses is offered again after a second. */
export function openPublisher(
  journal: Journal,
  clock: Clock,
  publish: (change: ExecutionStatusChange) => void | Promise<void>,
): Publisher {
  let running: Promise<void> | undefined
  let stopped = false
  let cancel = () => {}
  return {
    flush() {
      running ??= work().finally(() => {
        running = undefined
      })
      return running
    },
    stop() {
      stopped = true
      cancel()
    },
  }

  async function work() {
    for (
      let next = journal.statusChanges.first();
      next && !stopped;
      next = journal.statusChanges.first()
    ) {
      const { id, detail } = next
      try {
        await publish(detail)
      } catch {
        cancel = clock.setTimer(clock.now() + 1_000, () => void (stopped || work()))
        return
      }
      if (stopped) return
      journal.write(() => journal.statusChanges.remove(id))
    }
  }
}
