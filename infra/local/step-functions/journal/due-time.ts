import type { Execution } from './execution.ts'

/** When time alone next moves an execution, heartbeats left aside; null when it never does. */
export function dueTime({ status, deadline, position }: Omit<Execution, 'id'>): number | null {
  if (status !== 'RUNNING') return null
  const times = [deadline, position.until, position.task?.timeoutAt].filter(
    (time) => typeof time === 'number',
  )
  return times.length > 0 ? Math.min(...times) : null
}
