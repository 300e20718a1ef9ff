import { z } from 'zod'
import { settle } from '#functions/run/settle.ts'
import { step } from '#functions/step.ts'

const Input = z.object({
  detail: z.object({
    /** The pipeline's executions bear the run's id. */
    name: z.string(),
    status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']),
    error: z.string().nullish(),
  }),
})

/** A pipeline came to its end: whatever it was, its run is settled by the same function (S3). */
export const onExecutionEnded = step(Input, (world) => async ({ detail }) => {
  if (detail.status === 'RUNNING' || !RUN.test(detail.name)) return { verdict: 'settled' }
  const error = detail.status === 'SUCCEEDED' ? undefined : (detail.error ?? detail.status)
  const verdict = await settle(world, detail.name, 'on-execution-ended', error)
  if (verdict === 'stopping') throw new Error(`a task of ${detail.name} is still running`)
  return { verdict }
})

/** A run's own pipeline, not the execution of one of its turns. */
const RUN = /^run-[0-9a-z]{26}$/
