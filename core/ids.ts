/** A new id such as `run-01jd…`: sortable by time, safe as a name of executions, keys and branches. */
export const newId = (noun: 'run' | 'plan' | 'cycle' | 'fire' | 'signal', ulid: string): string =>
  `${noun}-${ulid.toLowerCase()}`

/** Id of a run's n-th turn, also the name of its execution. */
export const turnIdOf = (runId: string, number: number): string => `${runId}-t${number}`

/** Id of a turn's n-th attempt, also the client token of its task. */
export const attemptIdOf = (turnId: string, number: number): string => `${turnId}-a${number}`

/** The turn and run that an attempt id names. Throws a TypeError when it is none. */
export const partsOfAttemptId = (
  attemptId: string,
): { runId: string; turnId: string; turnNumber: number; number: number } => {
  const match = /^((.+)-t(\d+))-a(\d+)$/.exec(attemptId)
  if (!match?.[1] || !match[2]) throw new TypeError(`not an attempt id: ${attemptId}`)
  return {
    runId: match[2],
    turnId: match[1],
    turnNumber: Number(match[3]),
    number: Number(match[4]),
  }
}

/** A turn's number within its run, from its id. */
export const turnNumberOf = (turnId: string): number =>
  Number(turnId.slice(turnId.lastIndexOf('-t') + 2))

/** The runtime that a project's agent is run by: its own name, or `command` for any program. */
export const runtimeOf = (agent: string): string =>
  agent.startsWith('command:') ? 'command' : agent
