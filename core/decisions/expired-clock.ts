import type { Clocks } from '#core/contracts/project.ts'
import type { FaultClass } from '#core/faults.ts'

/** Where a supervisor is. All times in epoch milliseconds. */
export interface Watch {
  readonly stage: 'preparing' | 'working' | 'verifying' | 'finishing'
  readonly stageSince: number
  /** Commands that the stage runs, each within its own bound. */
  readonly commands: number
  /** Last event of the agent that was progress (T3). */
  readonly progressAt: number
  /** The agent's process is there: its silence counts. */
  readonly armed: boolean
  /** Start of the last tool call that only waits, where nothing else came since. */
  readonly pollAt: number | undefined
  /** A tool call is in flight: last sign of it. */
  readonly toolAt: number | undefined
  /** Last beat that was accepted. */
  readonly beatAt: number
}

/**
 * The class under which an attempt is to be killed now, or undefined while every clock holds (T2).
 * In flight tool calls run on the `tool` clock, all other silence on `progress`.
 */
export const expiredClock = (clocks: Clocks, watch: Watch, now: number): FaultClass | undefined => {
  const past = (since: number, seconds: number) => seconds > 0 && now - since > seconds * 1000
  if (past(watch.beatAt, clocks.fence)) return 'worker.fenced'
  const commands = Math.max(1, watch.commands)
  switch (watch.stage) {
    case 'preparing':
      return past(watch.stageSince, clocks.prepare) ? 'stall.prepare' : undefined
    case 'working':
      if (past(watch.stageSince, clocks.turn)) return 'turn.timed_out'
      if (!watch.armed) return undefined
      // A loop of polls never is silent, and one call of it may take its time: its start is judged.
      if (clocks.progress > 0 && polled(watch) > clocks.progress * 1000) return 'stall.progress'
      if (watch.toolAt !== undefined)
        return past(watch.toolAt, clocks.tool) ? 'stall.tool' : undefined
      return past(watch.progressAt, clocks.progress) ? 'stall.progress' : undefined
    case 'verifying':
      return past(watch.stageSince, clocks.verify * commands) ? 'stall.finish' : undefined
    case 'finishing':
      return past(watch.stageSince, clocks.finish) ? 'stall.finish' : undefined
  }
}

/** For how long nothing but polls had come when the last of them began. */
const polled = ({ pollAt, progressAt }: Watch): number =>
  pollAt === undefined ? 0 : pollAt - progressAt
