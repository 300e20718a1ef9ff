import type { Limits } from '../row.ts'

/**
 * A stall: known a second after its window, the agent dead at most six after it, and the next attempt
 * at work two after the backoff. `dies` is how long the agent takes to die. All in seconds.
 */
export const stall = (of: { window: number; dies?: number; backoff?: number }): Limits => {
  const { window, dies = 0, backoff = 1 } = of
  return {
    noticed: (window + dies + 1) * 1_000,
    stopped: (window + 6) * 1_000,
    working: (window + dies + backoff + 2) * 1_000,
  }
}

/** An agent that has ended by itself. */
export const ENDED: Limits = { noticed: 3_000, stopped: 1_000, working: 6_000 }

/** A supervisor that is dead: known two seconds after its event, and its agent goes with it. */
export const DEAD: Limits = { noticed: 2_000, stopped: 2_000 }
