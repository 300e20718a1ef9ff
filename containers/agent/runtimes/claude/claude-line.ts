import { z } from 'zod'

const Block = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('thinking'), thinking: z.string() }),
  z.object({
    type: z.literal('tool_use'),
    id: z.string(),
    name: z.string(),
    input: z.record(z.string(), z.unknown()).default({}),
  }),
  z.object({
    type: z.literal('tool_result'),
    tool_use_id: z.string(),
    is_error: z.boolean().nullish(),
  }),
])

const Content = z.union([z.string(), z.array(z.union([Block, z.object({ type: z.string() })]))])

const ModelTokens = z.object({
  inputTokens: z.number().default(0),
  outputTokens: z.number().default(0),
  cacheReadInputTokens: z.number().default(0),
  cacheCreationInputTokens: z.number().default(0),
  costUSD: z.number().optional(),
})

/** The lines of Claude Code's stream that mean something here; measured on version 2.1.328. */
export const ClaudeLine = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('system'),
    subtype: z.string(),
    session_id: z.string().optional(),
    error_status: z.number().nullish(),
    retry_delay_ms: z.number().optional(),
  }),
  z.object({ type: z.literal('assistant'), message: z.object({ content: Content }) }),
  z.object({ type: z.literal('user'), message: z.object({ content: Content }) }),
  z.object({
    type: z.literal('result'),
    subtype: z.string(),
    is_error: z.boolean(),
    api_error_status: z.number().nullish(),
    terminal_reason: z.string().nullish(),
    modelUsage: z.record(z.string(), ModelTokens).default({}),
    total_cost_usd: z.number().optional(),
    /** Tools that were refused; the run goes on without them and may end as a success. */
    permission_denials: z.array(z.unknown()).default([]),
  }),
])
export type ClaudeLine = z.infer<typeof ClaudeLine>
export type ClaudeResult = Extract<ClaudeLine, { type: 'result' }>
export type ClaudeContent = z.infer<typeof Content>
