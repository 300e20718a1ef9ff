import type { Clocks } from '#core/contracts/project.ts'

/**
 * What the workflow waits for an attempt, in seconds (T2): without a beat, and in all. The
 * heartbeat must outlast the start and a fenced supervisor's own end.
 */
export const attemptDeadlines = (
  clocks: Clocks,
  commands: number,
): { heartbeatSeconds: number; timeoutSeconds: number } => ({
  heartbeatSeconds: Math.ceil(Math.max(clocks.start, 2 * clocks.fence)),
  timeoutSeconds: Math.ceil(
    clocks.start +
      clocks.prepare +
      clocks.turn +
      clocks.verify * Math.max(1, commands) +
      clocks.finish +
      60,
  ),
})
