import { z } from 'zod'

/** What kind of work a turn does. `prove` is the only one here without an agent. */
export const Phase = z.enum([
  'discovery',
  'code',
  'audit',
  'final_audit',
  'fix',
  'prove',
  'report',
  'resolve',
])
export type Phase = z.infer<typeof Phase>

/** Phases whose agent may change the tree; in all others it must come out unchanged (E9). */
export const CODING_PHASES: readonly Phase[] = ['code', 'fix', 'resolve']

/** Phases that an agent works on; the others are the plane's own program. */
export const AGENT_PHASES: readonly Phase[] = Phase.options.filter((phase) => phase !== 'prove')
