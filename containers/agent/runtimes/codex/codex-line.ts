import { z } from 'zod'

const Item = z.discriminatedUnion('type', [
  z.object({ type: z.literal('agent_message'), id: z.string(), text: z.string() }),
  z.object({ type: z.literal('reasoning'), id: z.string(), text: z.string() }),
  z.object({
    type: z.literal('command_execution'),
    id: z.string(),
    command: z.string(),
    exit_code: z.number().int().nullish(),
    status: z.string(),
  }),
  z.object({ type: z.literal('file_change'), id: z.string(), status: z.string().default('') }),
  z.object({
    type: z.literal('mcp_tool_call'),
    id: z.string(),
    server: z.string().default(''),
    tool: z.string(),
    status: z.string(),
  }),
  z.object({ type: z.literal('web_search'), id: z.string(), query: z.string().default('') }),
])
export type CodexItem = z.infer<typeof Item>

/** The lines of `codex exec --json` that mean something here; measured on version 0.169.0. */
export const CodexLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('thread.started'), thread_id: z.string() }),
  z.object({ type: z.literal('item.started'), item: Item }),
  z.object({ type: z.literal('item.updated'), item: Item }),
  z.object({ type: z.literal('item.completed'), item: Item }),
  z.object({ type: z.literal('error'), message: z.string() }),
  z.object({ type: z.literal('turn.failed'), error: z.object({ message: z.string() }) }),
  z.object({
    type: z.literal('turn.completed'),
    usage: z.object({
      /** The cached ones are among them. */
      input_tokens: z.number().default(0),
      cached_input_tokens: z.number().default(0),
      cache_write_input_tokens: z.number().default(0),
      /** The reasoning ones are among them. */
      output_tokens: z.number().default(0),
      reasoning_output_tokens: z.number().default(0),
    }),
  }),
])
export type CodexLine = z.infer<typeof CodexLine>
