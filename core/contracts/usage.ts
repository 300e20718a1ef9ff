import { z } from 'zod'

/** Tokens of one model in the five classes that providers charge for, and their cost where known. */
export const ModelUsage = z.strictObject({
  inputTokens: z.number().min(0).default(0),
  outputTokens: z.number().min(0).default(0),
  cacheReadTokens: z.number().min(0).default(0),
  cacheWriteTokens: z.number().min(0).default(0),
  reasoningTokens: z.number().min(0).default(0),
  /** US dollars; absent when the agent did not say: unknown, which is not zero. */
  usd: z.number().min(0).optional(),
})
export type ModelUsage = z.infer<typeof ModelUsage>

/** Usage by model id. */
export const Usage = z.record(z.string(), ModelUsage)
export type Usage = z.infer<typeof Usage>
