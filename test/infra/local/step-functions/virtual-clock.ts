import type { Clock } from '#infra/local/step-functions/clock.ts'

/** A clock that stands still until a test moves it; timers run in the order of their times. */
export type VirtualClock = Clock & {
  /** Moves to the next timer and runs it; false when there is none at or before `limit`. */
  next(limit?: number): boolean
  /** Moves on at once, as when the machine slept: what was due meanwhile runs late. */
  jump(seconds: number): void
}

export function virtualClock(start = Date.parse('2026-01-01T00:00:00Z')): VirtualClock {
  let now = start
  let timers: { at: number; run: () => void }[] = []
  return {
    now: () => now,
    setTimer(at, run) {
      const timer = { at, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    jump(seconds) {
      now += seconds * 1000
    },
    next(limit = Number.POSITIVE_INFINITY) {
      const first = timers.reduce<{ at: number; run: () => void } | undefined>(
        (least, timer) => (least && least.at <= timer.at ? least : timer),
        undefined,
      )
      if (!first || first.at > limit) return false
      timers = timers.filter((other) => other !== first)
      now = Math.max(now, first.at)
      first.run()
      return true
    },
  }
}

/** Lets all that can happen now happen: the engine's own work is promises only. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Moves time on from timer to timer until `fact` holds; throws when nothing is left that could bring it about. */
export async function until(clock: VirtualClock, fact: () => boolean): Promise<void> {
  for (;;) {
    await settled()
    if (fact()) return
    if (!clock.next()) throw new Error('Nothing is left to happen, and the fact does not hold')
  }
}

/** Moves time on by so many seconds, timer by timer. */
export async function pass(clock: VirtualClock, seconds: number): Promise<void> {
  const end = clock.now() + seconds * 1000
  let reached = false
  clock.setTimer(end, () => {
    reached = true
  })
  while (!reached) {
    await settled()
    clock.next(end)
  }
  await settled()
}
