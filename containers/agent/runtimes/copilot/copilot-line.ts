import { z } from 'zod'

/**
 * The lines of `copilot --output-format json` that mean something here; measured on version 1.0.102.
 * Ephemeral ones are deltas of what is said whole afterwards, and signs of life meanwhile.
 */
export const CopilotLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('assistant.message'), data: z.object({ content: z.string() }) }),
  z.object({ type: z.literal('assistant.message_delta') }),
  z.object({ type: z.literal('assistant.reasoning'), data: z.object({ content: z.string() }) }),
  z.object({
    type: z.literal('tool.execution_start'),
    data: z.object({
      toolCallId: z.string(),
      toolName: z.string(),
      arguments: z.record(z.string(), z.unknown()).catch({}),
    }),
  }),
  z.object({
    type: z.literal('tool.execution_partial_result'),
    data: z.object({ toolCallId: z.string() }),
  }),
  z.object({
    type: z.literal('tool.execution_complete'),
    data: z.object({
      toolCallId: z.string(),
      success: z.boolean(),
      shellExecution: z.object({ exitCode: z.number().int().nullish() }).optional(),
    }),
  }),
  z.object({ type: z.literal('assistant.turn_retry') }),
  z.object({
    type: z.literal('session.error'),
    data: z.object({ statusCode: z.number().int().optional() }),
  }),
  z.object({
    type: z.literal('result'),
    exitCode: z.number().int(),
  }),
])
export type CopilotLine = z.infer<typeof CopilotLine>
