import { z } from 'zod'
import { FAULTS, type FaultClass, isFaultClass } from './faults.ts'

/** Words beside the failure classes for why a turn or a run ended as it did. */
export const REASON_WORDS = [
  'stall_restarts_exhausted',
  'deadline',
  'turns',
  'section_iterations',
  'unfinished',
] as const

/** Why something ended: a closed list (S2). */
export type Reason = FaultClass | (typeof REASON_WORDS)[number]

export const Reason = z.enum([...keysOf(FAULTS), ...REASON_WORDS])

/** The reason for what a workflow ended with: an error that the table does not know is a bug. */
export const reasonOfError = (name: string): Reason => (isFaultClass(name) ? name : 'bug')

function keysOf<K extends string>(table: Readonly<Record<K, unknown>>): K[] {
  const keys: K[] = []
  for (const key in table) keys.push(key)
  return keys
}
