import { z } from 'zod'
import { Finding } from './finding.ts'
import { Proof } from './proof.ts'
import { RunOutcome } from './run.ts'
import { ReportWords } from './submission.ts'

/** Every run past the gates ends with one (R1): facts from events, the agent's words marked as such. */
export const Report = z.strictObject({
  runId: z.string(),
  projectId: z.string(),
  outcome: RunOutcome,
  reason: z.string().nullable(),
  attention: z.string().nullable(),
  plan: z.strictObject({ id: z.string(), title: z.string(), summary: z.string() }).nullable(),
  cycle: z
    .strictObject({
      id: z.string(),
      branch: z.string(),
      baseCommit: z.string(),
      headCommit: z.string().nullable(),
    })
    .nullable(),
  /** Changed files against the base commit. */
  diff: z
    .strictObject({ files: z.array(z.string()), insertions: z.number(), deletions: z.number() })
    .nullable(),
  proof: Proof.nullable(),
  findings: z.array(Finding),
  turns: z.number().int(),
  attempts: z.number().int(),
  stalls: z.number().int(),
  usd: z.number(),
  usdEstimated: z.boolean(),
  durationMs: z.number(),
  /** Each stands on the event of that number. */
  facts: z.array(z.strictObject({ event: z.number().int(), text: z.string() })),
  /** The agent's own words; absent when its report turn failed or there was none. */
  words: ReportWords.nullable(),
})
export type Report = z.infer<typeof Report>
