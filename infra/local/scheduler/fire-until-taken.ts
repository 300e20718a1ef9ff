import type { Clock } from '#infra/local/step-functions/clock.ts'
import { idOf, type Schedule } from './schedule.ts'
import { inputOf, type ScheduledFire } from './scheduled-fire.ts'

/** What firing needs of the world. */
export interface FireOptions extends Clock {
  readonly fire: (fire: ScheduledFire) => Promise<unknown>
  readonly failed: (id: string, error: unknown) => void
}

/**
 * Invokes a schedule's target for one of its times until it is taken, as often and as long as its
 * retry policy says. True when it is done with, taken or dropped; false when it was given up for now,
 * by the signal.
 */
export const fireUntilTaken = async (
  options: FireOptions,
  schedule: Schedule,
  time: number,
  signal: AbortSignal,
): Promise<boolean> => {
  const { MaximumEventAgeInSeconds, MaximumRetryAttempts } = schedule.target.RetryPolicy
  const { now, fire, failed } = options
  const deadline = now() + MaximumEventAgeInSeconds * 1000
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      await fire({ schedule, time, input: inputOf(schedule, time, attempt) })
      return true
    } catch (error) {
      failed(idOf(schedule), error)
    }
    const wait = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LAST_WAIT_MS)
    if (attempt > MaximumRetryAttempts || now() + wait > deadline) return true
    await pause(options, wait, signal)
  }
  return false
}

const FIRST_WAIT_MS = 1_000
const LAST_WAIT_MS = 60_000

const pause = ({ now, setTimer }: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const cancel = setTimer(now() + ms, done)
    signal.addEventListener('abort', done)
    function done() {
      cancel()
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
