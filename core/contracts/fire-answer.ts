import { z } from 'zod'

/** What a fire came to: the run that it started, or null and the gate that was shut. */
export const FireAnswer = z.strictObject({
  run: z.string().nullable(),
  /** Name of the gate. */
  reason: z.string().optional(),
  message: z.string().optional(),
  /** When the gate opens by itself, where that is known. */
  clearsAt: z.iso.datetime().optional(),
})
export type FireAnswer = z.infer<typeof FireAnswer>
