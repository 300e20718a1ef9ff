import { z } from 'zod'
import { Completion } from './completion.ts'
import { FindingReport } from './finding.ts'
import { PlanProposal } from './plan.ts'
import { CommandResult, Proof } from './proof.ts'
import { ReportWords, SectionSummary } from './submission.ts'
import { Usage } from './usage.ts'

/** What the supervisor saw of the repository: the plane decides on reuse from it (C1). */
export const RepositoryFacts = z.strictObject({
  /** Commit that the origin's watched branch points to. */
  originHead: z.string(),
  /** Name of the branch, or `HEAD` when it is detached. */
  branch: z.string(),
  /** The active cycle's base is part of the origin's history. */
  baseIsAncestor: z.boolean(),
  /** Things that are there and not supported in full, such as submodules. */
  notes: z.array(z.string()),
  /** Bundle of the history up to `originHead`; only where a plan was made. */
  baseKey: z.string().optional(),
})
export type RepositoryFacts = z.infer<typeof RepositoryFacts>

/** All that came of one attempt; lies in the bucket, written by the supervisor before it settles. */
export const AttemptResult = z.strictObject({
  attemptId: z.string(),
  nonce: z.string(),
  completion: Completion.optional(),
  plan: PlanProposal.optional(),
  findings: z.array(FindingReport),
  closed: z.array(z.strictObject({ key: z.string(), reason: z.string() })),
  summaries: z.array(SectionSummary),
  report: ReportWords.optional(),
  repository: RepositoryFacts.optional(),
  /** Tip of the branch after the final checkpoint. */
  head: z.strictObject({ commit: z.string(), key: z.string() }).optional(),
  diff: z
    .strictObject({ files: z.array(z.string()), insertions: z.number(), deletions: z.number() })
    .optional(),
  /** A read-only phase's tree came out changed: thrown away, and said (D4, E9). */
  treeChanged: z.array(z.string()),
  verification: z.array(CommandResult),
  proof: Proof.optional(),
  usage: Usage,
  /** When the provider's limit ends, where the agent said so (T13). */
  resetAt: z.iso.datetime().optional(),
  exit: z
    .strictObject({ code: z.number().int().nullable(), signal: z.string().nullable() })
    .optional(),
  /** Things that were seen and settled without failing the attempt. */
  notes: z.array(z.string()),
})
export type AttemptResult = z.infer<typeof AttemptResult>
