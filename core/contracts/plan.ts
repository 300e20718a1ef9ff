import { z } from 'zod'

/** A command that proves a plan: what it must say at the base commit and at the head (E12). */
export const Check = z.strictObject({
  /** Shell command, run in the root of a clean clone. */
  command: z.string().min(1).max(2_000),
  /** `red_to_green`: fails at base, passes at head. `stays_green`: passes at both. */
  expect: z.enum(['red_to_green', 'stays_green']),
  /** Globs of the repository files that the check itself consists of; empty when it has none. */
  files: z.array(z.string().min(1).max(300)).max(50),
})
export type Check = z.infer<typeof Check>

/** A part of a plan that is coded and audited on its own. */
export const Section = z.strictObject({
  title: z.string().min(1).max(120),
  goal: z.string().min(1).max(4_000),
  acceptance: z.array(z.string().min(1).max(500)).min(1).max(20),
})
export type Section = z.infer<typeof Section>

/** What a discoverer hands in with `submit_plan` (D2). */
export const PlanProposal = z.strictObject({
  title: z.string().min(1).max(120),
  /** One paragraph. */
  summary: z
    .string()
    .min(1)
    .max(200)
    .refine((text) => !text.includes('\n'), 'must be one paragraph'),
  rationale: z.string().min(1).max(10_000),
  /** Names the work, so that two discoveries of the same thing make one plan. */
  dedupeKey: z.string().regex(/^[a-z0-9-]{3,80}$/, 'must match [a-z0-9-]{3,80}'),
  /** What in the repository or its signals calls for the work. */
  contextSignals: z.array(z.string().min(1).max(1_000)).min(1).max(40),
  proposedChange: z.string().min(1).max(20_000),
  steps: z.array(z.string().min(1).max(1_000)).min(1).max(30),
  sections: z.array(Section).max(8),
  verification: z.array(Check).min(1).max(20),
  risk: z.enum(['low', 'medium', 'high']),
  filesLikely: z.array(z.string().min(1).max(300)).max(200),
})
export type PlanProposal = z.infer<typeof PlanProposal>

/** The most characters that a proposal may have as JSON (D2). */
export const PLAN_MAX_CHARACTERS = 100_000

export const PlanStatus = z.enum(['ready', 'executing', 'completed', 'failed', 'archived'])
export type PlanStatus = z.infer<typeof PlanStatus>

/** A unit of work that discovery proposed; the proposal's body lies in the bucket under `bodyKey`. */
export const Plan = z.strictObject({
  id: z.string(),
  projectId: z.string(),
  /** The run that proposed it. */
  runId: z.string(),
  title: z.string(),
  summary: z.string(),
  dedupeKey: z.string(),
  status: PlanStatus,
  bodyKey: z.string(),
  /** What discovery looked at: a cycle for this plan can be opened from it later (D7). */
  base: z.strictObject({ commit: z.string(), key: z.string() }),
  sections: z.number().int(),
  /** The cycle that holds the plan's work, from the first run that executed it. */
  cycleId: z.string().optional(),
  /** Sections of it that are done in that cycle, from the first: no later run does them again (D6). */
  sectionsDone: z.number().int().optional(),
  reason: z.string().optional(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type Plan = z.infer<typeof Plan>
