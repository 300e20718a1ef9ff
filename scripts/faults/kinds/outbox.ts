import type { FaultRow } from '../row.ts'
import { ENDED } from './limits.ts'
import { memoryWithin } from './memory-within.ts'

const bad = (name: string, outbox: string, does: string): FaultRow => ({
  name,
  class: 'agent.bad_completion',
  does,
  agent: 'hands-in',
  ends: 'no_plan',
  config: { variables: { FAULT_OUTBOX: outbox } },
  limits: ENDED,
})

/** Agents that hand in what is no good completion. */
export const outboxFaults: readonly FaultRow[] = [
  bad('completion-forged', 'forged', 'hands in a completion with the nonce of another attempt'),
  bad('completion-bad', 'bad', 'hands in a completion that does not parse by its contract'),
  bad('completion-half', 'half', 'hands in half a completion'),
  bad('completion-link', 'link', 'hands in a link to a completion that lies elsewhere'),
  bad('completion-fifo', 'fifo', 'hands in a pipe that nobody writes to'),
  bad('completion-folder', 'folder', 'hands in a folder by the name of a completion'),
  {
    ...bad('completion-huge', 'huge', 'hands in 300 MB'),
    holds: memoryWithin(350),
  },
  {
    name: 'completion-twice',
    class: 'none',
    does: 'completes twice',
    agent: 'hands-in',
    ends: 'no_plan',
    config: { variables: { FAULT_OUTBOX: 'twice' } },
  },
  {
    name: 'outbox-gone',
    class: 'agent.no_completion',
    does: 'removes its outbox',
    agent: 'hands-in',
    ends: 'no_plan',
    config: { variables: { FAULT_OUTBOX: 'gone' } },
    limits: ENDED,
  },
  {
    name: 'outbox-swarm',
    class: 'none',
    does: 'hands in 3,000 findings that are none, and completes',
    agent: 'hands-in',
    ends: 'no_plan',
    config: { variables: { FAULT_OUTBOX: 'swarm' } },
    holds: memoryWithin(350),
  },
]
