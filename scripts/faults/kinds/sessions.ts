import type { FaultRow } from '../row.ts'
import { happened } from './happened.ts'
import { ENDED, stall } from './limits.ts'
import { resultOf } from './result-of.ts'

const goesOn = (first: 'silent' | 'ends', again: string): Pick<FaultRow, 'agent' | 'config'> => ({
  agent: 'goes-on',
  config: { clocks: { progress: 2 }, variables: { FAULT_FIRST: first, FAULT_AGAIN: again } },
})

/** Agents that told their session: they are interrupted, or asked once more, before they are given up. */
export const sessionFaults: readonly FaultRow[] = [
  {
    ...goesOn('silent', 'completes'),
    name: 'nudge-answered',
    class: 'none',
    does: 'is silent, is interrupted, and completes in its session',
    ends: 'no_plan',
    limits: { noticed: 3_000 },
    holds: happened(['attempt.nudged'], ['attempt.stalled']),
  },
  {
    ...goesOn('silent', 'is silent'),
    name: 'nudge-unanswered',
    class: 'stall.progress',
    does: 'is silent, is interrupted, and is silent again',
    ends: 'no_plan',
    limits: { ...stall({ window: 4 }), noticed: 3_000 },
    holds: happened(['attempt.nudged', 'attempt.stalled']),
  },
  {
    ...goesOn('ends', 'completes'),
    name: 'completion-asked',
    class: 'none',
    does: 'ends without a completion, is asked once more, and completes',
    ends: 'no_plan',
    holds: async (scene) => {
      const { notes } = await resultOf(scene)
      return notes.some((note) => note.includes('once more')) ? [] : ['it is not noted']
    },
  },
  {
    ...goesOn('ends', 'ends'),
    name: 'completion-asked-in-vain',
    class: 'agent.no_completion',
    does: 'ends without a completion, and again when it is asked once more',
    ends: 'no_plan',
    limits: ENDED,
  },
  {
    name: 'completion-and-stays',
    class: 'none',
    does: 'completes and does not end: it is ended, and its completion counts',
    agent: 'completes-and-stays',
    ends: 'no_plan',
    config: { clocks: { progress: 2 } },
    limits: { stopped: 3_000 },
  },
  {
    name: 'agent-polls',
    class: 'stall.progress',
    does: 'only sleeps, and asks the same again',
    agent: 'polls',
    ends: 'no_plan',
    config: { clocks: { progress: 2, tool: 3 } },
    limits: stall({ window: 3 }), // A poll is judged when the next one begins.
    holds: happened(['attempt.busy_waited']),
  },
]
