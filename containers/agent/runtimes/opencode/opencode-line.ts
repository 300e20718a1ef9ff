import { z } from 'zod'

/** The lines of `opencode run --format json` that mean something here; measured on version 1.18.33. */
export const OpencodeLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('step_start'), sessionID: z.string() }),
  z.object({ type: z.literal('text'), part: z.object({ text: z.string() }) }),
  z.object({ type: z.literal('reasoning'), part: z.object({ text: z.string() }) }),
  z.object({
    type: z.literal('tool_use'),
    part: z.object({
      tool: z.string(),
      callID: z.string(),
      state: z.object({
        status: z.string(),
        title: z.string().optional(),
        metadata: z.object({ exit: z.number().int().nullish() }).optional(),
      }),
    }),
  }),
  z.object({
    type: z.literal('step_finish'),
    part: z.object({
      /** Of this step alone: there is no closing sum. */
      tokens: z
        .object({
          input: z.number().default(0),
          output: z.number().default(0),
          reasoning: z.number().default(0),
          cache: z
            .object({ read: z.number().default(0), write: z.number().default(0) })
            .prefault({}),
        })
        .prefault({}),
      cost: z.number().optional(),
    }),
  }),
  z.object({
    type: z.literal('error'),
    error: z.object({
      name: z.string().default(''),
      data: z.object({ statusCode: z.number().int().optional() }).optional(),
    }),
  }),
])
export type OpencodeLine = z.infer<typeof OpencodeLine>
