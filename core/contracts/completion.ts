import { z } from 'zod'

/** How an agent says that its turn is over (T14). Prose is never parsed: this is. */
export const Completion = z.strictObject({
  status: z.enum(['done', 'continue', 'blocked', 'failed', 'partial']),
  summary: z.string().min(1).max(2_000),
  /** With `continue`: what the next coding turn is to do. */
  nextTask: z.string().max(4_000).optional(),
  filesChanged: z.array(z.string().max(300)).max(500).optional(),
  tests: z.string().max(2_000).optional(),
  failureClass: z.string().max(80).optional(),
  /** May only narrow the retry policy. */
  retryable: z.boolean().optional(),
  needsRerun: z.boolean().optional(),
  /** An auditor's judgement. */
  verdict: z.enum(['approve', 'request_changes']).optional(),
  /** Nothing was to be done, and why. */
  noop: z.strictObject({ reason: z.string().min(1).max(1_000) }).optional(),
  /** What later turns should know about the project (D8). */
  notes: z.string().max(8_000).optional(),
})
export type Completion = z.infer<typeof Completion>
