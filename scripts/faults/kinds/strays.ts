import type { FaultRow } from '../row.ts'
import { stall } from './limits.ts'

/** Agents that leave processes behind. */
export const strayFaults: readonly FaultRow[] = [
  {
    name: 'strays-after-completion',
    class: 'none',
    does: 'completes, and leaves detached processes that ignore SIGTERM',
    agent: 'leaves-processes',
    ends: 'no_plan',
    config: { variables: { FAULT_THEN: 'complete' } },
    limits: { stopped: 7_000 },
  },
  {
    name: 'strays-of-a-stall',
    class: 'stall.progress',
    does: 'leaves detached processes that ignore SIGTERM, and hangs',
    agent: 'leaves-processes',
    ends: 'no_plan',
    config: { clocks: { progress: 1 }, variables: { FAULT_THEN: 'hang' } },
    limits: stall({ window: 1, dies: 6 }),
  },
]
