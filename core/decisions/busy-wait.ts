/** What is remembered of an agent's tool calls to tell work from waiting (T3). */
export interface Waiting {
  /** The last new thing that it did was to sleep. */
  readonly slept: boolean
  /** Calls that it has made, the newest last. */
  readonly made: readonly string[]
  /** Calls in a row that only waited. */
  readonly polls: number
}

export const NOT_WAITING: Waiting = { slept: false, made: [], polls: 0 }

/**
 * Takes in a tool call that starts: its `polls` grow when it only waits, which is to sleep again, or
 * to ask again after a sleep what was asked before. Anything else is work, and ends the waiting.
 */
export const afterCall = (waiting: Waiting, call: string): Waiting => {
  const sleeps = SLEEP.test(call)
  const again = sleeps || waiting.made.includes(call)
  if (waiting.slept && again) return { ...waiting, polls: waiting.polls + 1 }
  const made = sleeps ? waiting.made : [...waiting.made, call].slice(-CALLS_MAX)
  return { slept: sleeps, made, polls: 0 }
}

/** From so many polls in a row on it is said, once an attempt. */
export const POLLS_SAID = 3

const CALLS_MAX = 50

/** A command that begins with a sleep, or comes to one after others. */
const SLEEP = /(?:^|[\s;&|(])sleep\s+[\d.$]/
