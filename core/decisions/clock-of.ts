import type { Clocks } from '#core/contracts/project.ts'
import { type FaultClass, isFaultClass } from '#core/faults.ts'
import { attemptDeadlines } from './deadlines.ts'

/** The clock under which an attempt was ended: its name in the settings, its limit, what it watches. */
export interface ClockOf {
  readonly clock: keyof Clocks
  readonly limitSeconds: number
  /** What it watches, as in "1 s for an event from the agent". */
  readonly of: string
  /** From when it ran. */
  readonly since: 'launch' | 'stage' | 'act' | 'beat'
}

/** The clock that a failure class stands for (T2); undefined for those that no clock found. */
export const clockOf = (
  fault: string,
  clocks: Clocks,
  stage: string | undefined,
): ClockOf | undefined => {
  const on = (clock: keyof Clocks, of: string, since: ClockOf['since'], limit = clocks[clock]) => ({
    clock,
    limitSeconds: limit,
    of,
    since,
  })
  const heartbeat = attemptDeadlines(clocks, 0).heartbeatSeconds
  const known: Partial<Record<FaultClass, ClockOf>> = {
    'stall.progress': on('progress', 'an event from the agent', 'act'),
    'stall.tool': on('tool', 'a sign from a tool call in flight', 'act'),
    'stall.prepare': on('prepare', 'the workspace to be prepared', 'stage'),
    'stall.finish':
      stage === 'verifying'
        ? on('verify', 'each verification command', 'stage')
        : on('finish', 'the result to be stored', 'stage'),
    'worker.never_started': on('start', 'the task to claim its attempt', 'launch', heartbeat),
    'worker.unresponsive': on('fence', 'a beat of the supervisor', 'beat', heartbeat),
    'worker.fenced': on('fence', 'a beat to be accepted', 'beat'),
    'turn.timed_out': on('turn', 'the whole turn of the agent', 'stage'),
  }
  return isFaultClass(fault) ? known[fault] : undefined
}
