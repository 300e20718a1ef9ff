import { z } from 'zod'
import { Check } from './plan.ts'

/** One execution of a command by the plane: exit, time and the last 4 KB of what it printed. */
export const CommandResult = z.strictObject({
  command: z.string(),
  /** null: killed, by its timeout or a signal. */
  exit: z.number().int().nullable(),
  timedOut: z.boolean(),
  durationMs: z.number(),
  tail: z.string(),
})
export type CommandResult = z.infer<typeof CommandResult>

/** A plan's check at base, at head, and at head with the check's own files as at base (E12). */
export const ProvenCheck = z.strictObject({
  check: Check,
  base: CommandResult,
  head: CommandResult,
  /** Absent when the check has no files in the repository. */
  headWithBaseFiles: CommandResult.optional(),
  verdict: z.enum([
    'proved',
    'not_red_at_base',
    'not_green_at_head',
    'check_edited',
    /** A check that stays green was red at base already: not the agent's fault (E0). */
    'red_before',
  ]),
})
export type ProvenCheck = z.infer<typeof ProvenCheck>

/** The plane's own proof of a plan, made in a clean clone without agent or credentials. */
export const Proof = z.strictObject({
  baseCommit: z.string(),
  headCommit: z.string(),
  checks: z.array(ProvenCheck),
  proved: z.boolean(),
})
export type Proof = z.infer<typeof Proof>

/** What a run keeps of its proof; the whole lies in the bucket under `key`. */
export const ProofSummary = z.strictObject({
  baseCommit: z.string(),
  headCommit: z.string(),
  proved: z.boolean(),
  checks: z.number().int(),
  key: z.string(),
})
export type ProofSummary = z.infer<typeof ProofSummary>
