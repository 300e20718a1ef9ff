import type { Clock } from './clock.ts'

/**
 * The machine's clock. A timer looks at the time every two seconds at the latest, so that waits longer than
 * setTimeout can hold (24.8 days) are met, and a clock that jumps or a machine that slept is noticed.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer(at, run) {
    let timer = setTimeout(look, delayUntil(at))
    function look() {
      if (Date.now() >= at) run()
      else timer = setTimeout(look, delayUntil(at))
    }
    return () => clearTimeout(timer)
  },
}

const LONGEST_LOOK = 2_000

function delayUntil(at: number): number {
  return Math.min(LONGEST_LOOK, Math.max(0, at - Date.now()))
}
