import type { RunOutcome } from '#core/contracts/run.ts'
import type { FaultClass } from '#core/faults.ts'
import type { FaultRow } from '../row.ts'
import { ENDED } from './limits.ts'
import { resultOf } from './result-of.ts'

const exit = (code: number, fault: FaultClass, ends: RunOutcome, does: string): FaultRow => ({
  name: `exit-${code}`,
  class: fault,
  does,
  agent: 'ends',
  ends,
  ...(ends === 'blocked' && { reason: fault }),
  config: { variables: { FAULT_EXIT: String(code) }, retries: { providerSeconds: 1 } },
  limits: { ...ENDED, ...(ends === 'blocked' ? { working: undefined } : {}) },
})

/** Agents that end, by their exit codes. */
export const endFaults: readonly FaultRow[] = [
  exit(3, 'agent.crashed', 'no_plan', 'ends with an exit code that means nothing'),
  exit(69, 'provider.overloaded', 'no_plan', "says that its model's provider is overloaded"),
  exit(75, 'provider.rate_limited', 'no_plan', "says that its model's provider limits the rate"),
  exit(77, 'provider.auth', 'blocked', 'says that its key was refused'),
  exit(78, 'agent.config', 'blocked', 'says that its set-up is wrong'),
  exit(126, 'agent.config', 'blocked', 'could not be run'),
  exit(127, 'agent.config', 'blocked', 'needs a program that is not there'),
  {
    name: 'exit-after-completion',
    class: 'none',
    does: 'completes, then ends with exit code 3: the completion wins, and it is noted',
    agent: 'ends',
    ends: 'no_plan',
    config: { variables: { FAULT_EXIT: '3', FAULT_COMPLETES: 'yes' } },
    holds: async (scene) => {
      const { notes } = await resultOf(scene)
      return notes.some((note) => note.includes('agent.crashed')) ? [] : ['it is not noted']
    },
  },
  {
    name: 'completion-missing',
    class: 'agent.no_completion',
    does: 'ends well without a completion',
    agent: 'ends',
    ends: 'no_plan',
    config: { variables: { FAULT_EXIT: '0' } },
    limits: ENDED,
  },
  {
    name: 'completion-never',
    class: 'agent.no_completion',
    does: 'never completes, in no attempt',
    agent: 'ends',
    attempts: 9,
    ends: 'failed',
    reason: 'agent.no_completion',
    config: { variables: { FAULT_EXIT: '0' } },
    limits: ENDED,
  },
]
