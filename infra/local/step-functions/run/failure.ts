/** How a state failed. A missed heartbeat is AWS's `States.Timeout`, and answers to its own name as well. */
export type Failure = {
  error?: string | undefined
  cause?: string | undefined
  missedHeartbeat?: true | undefined
}

/** A state that can't go on, for a reason that AWS has a name for. */
export class StateError extends Error {
  constructor(name: string, cause: string) {
    super(cause)
    this.name = name
  }
}

/** Whether a list of error names in Retry or Catch is meant by a failure. */
export function matches(names: readonly string[], failure: Failure): boolean {
  return names.some((name) => {
    if (name === failure.error) return true
    if (name === 'States.HeartbeatTimeout') return failure.missedHeartbeat === true
    if (failure.error === 'States.Runtime') return false
    if (name === 'States.TaskFailed') return failure.error !== 'States.Timeout'
    return name === 'States.ALL'
  })
}

/** What `$states.errorOutput` holds. */
export function errorOutput({ error, cause }: Failure): {
  Error: string | null
  Cause: string | null
} {
  return { Error: error ?? null, Cause: cause ?? (error === undefined ? null : '') }
}
