import { setImmediate as turn } from 'node:timers/promises'
import type { VirtualClock } from '#test/infra/local/step-functions/virtual-clock.ts'

/** A plane's time, and the work that must be done before it moves on. */
export interface PlaneClock extends VirtualClock {
  /** Follows work until it is done. */
  work<T>(promise: Promise<T>): Promise<T>
  /** Resolves after so many seconds of this clock; work that waits so keeps nobody waiting. */
  sleep(seconds: number): Promise<void>
  /** Lets all that can happen now happen. */
  settle(): Promise<void>
  /** Moves on by so many seconds, from timer to timer, each settled before the next. */
  pass(seconds: number): Promise<void>
  /** Does something so many seconds from now. */
  later(seconds: number, run: () => void): void
  /** Nothing of this plane happens any more. */
  stop(): void
}

/** A plane's view of a clock. `looked` is called whenever nothing more happens at a moment. */
export const planeClock = (clock: VirtualClock, looked: () => void): PlaneClock => {
  let atWork = 0
  let stopped = false
  const settle = async (): Promise<void> => {
    do await turn()
    while (atWork > 0)
    looked()
  }
  const later = (seconds: number, run: () => void): void =>
    void clock.setTimer(clock.now() + seconds * 1000, () => {
      if (!stopped) run()
    })
  return {
    ...clock,
    settle,
    later,
    work: async (promise) => {
      atWork += 1
      try {
        return await promise
      } finally {
        atWork -= 1
      }
    },
    sleep: (seconds) => {
      atWork -= 1
      return new Promise((resolve) => {
        later(seconds, () => {
          atWork += 1
          resolve()
        })
      })
    },
    pass: async (seconds) => {
      const end = clock.now() + seconds * 1000
      await settle()
      while (clock.next(end)) await settle()
      clock.jump((end - clock.now()) / 1000)
      await settle()
    },
    stop: () => {
      stopped = true
    },
  }
}
