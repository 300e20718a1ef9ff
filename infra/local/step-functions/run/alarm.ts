import type { Clock } from '../clock.ts'

/** One timer for all executions: it wakes those whose time has come. */
export type Alarm = {
  /** Tells of a time at which an execution has to be looked at. */
  expect(at: number): void
  stop(): void
}

/** An alarm that asks `nextTime` when it must ring and then runs `ring`, one ringing at a time. */
export function openAlarm(
  clock: Clock,
  nextTime: () => number | undefined,
  ring: (now: number) => Promise<void>,
): Alarm {
  let armedAt = Number.POSITIVE_INFINITY
  let cancel = () => {}
  let ringing = false
  let stopped = false
  return {
    expect(at) {
      if (at < armedAt && !ringing) arm()
    },
    stop() {
      stopped = true
      cancel()
    },
  }

  function arm() {
    cancel()
    armedAt = nextTime() ?? Number.POSITIVE_INFINITY
    if (stopped || armedAt === Number.POSITIVE_INFINITY) return
    cancel = clock.setTimer(armedAt, () => void fire())
  }

  async function fire() {
    ringing = true
    await ring(clock.now())
    ringing = false
    if (!stopped) arm()
  }
}
