import { z } from 'zod'
import { settle } from '#functions/run/settle.ts'
import { step } from '#functions/step.ts'

const Input = z.strictObject({
  runId: z.string(),
  /** Name of the error that brought the pipeline here; null on its straight way. */
  error: z.string().nullable(),
})

/** The pipeline's one exit: every Catch leads here (S3). */
export const settleRun = step(Input, (world) => async ({ runId, error }) => ({
  verdict: await settle(world, runId, 'SettleRun', error ?? undefined),
}))
