import type { FaultRow } from '../row.ts'
import { stall } from './limits.ts'
import { memoryWithin } from './memory-within.ts'

const flood = (kind: string, what: string): FaultRow => ({
  name: `flood-${kind}`,
  class: 'none',
  does: `pours out 100 MB ${what}`,
  agent: 'pours',
  ends: 'no_plan',
  config: { variables: { FAULT_FLOOD: kind } },
  holds: memoryWithin(512),
})

/** Agents whose output is too much, too little, or held by others. */
export const outputFaults: readonly FaultRow[] = [
  flood('line', 'without a newline'),
  flood('nul', 'of NUL'),
  flood('binary', 'of random bytes'),
  flood('utf8', 'of invalid UTF-8'),
  flood('lines', 'of events'),
  {
    name: 'output-held',
    class: 'none',
    does: 'completes and ends, while a detached child holds its stdout',
    agent: 'holds-output',
    ends: 'no_plan',
    limits: { stopped: 2_000 },
  },
  {
    name: 'output-closed',
    class: 'none',
    does: 'closes stdout, goes on within the window, and completes',
    agent: 'closes-output',
    ends: 'no_plan',
    config: { clocks: { progress: 3 }, variables: { FAULT_THEN: 'complete' } },
  },
  {
    name: 'output-closed-hangs',
    class: 'stall.progress',
    does: 'closes stdout and goes on for ever',
    agent: 'closes-output',
    ends: 'no_plan',
    config: { clocks: { progress: 1 }, variables: { FAULT_THEN: 'hang' } },
    limits: stall({ window: 1 }),
  },
]
