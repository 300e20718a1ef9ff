import { z } from 'zod'
import { taskEnded } from '#functions/attempt/task-ended.ts'
import { step } from '#functions/step.ts'

const Input = z.object({
  time: z.iso.datetime(),
  detail: z.object({
    taskArn: z.string(),
    lastStatus: z.string(),
    startedBy: z.string().optional(),
    stopCode: z.string().optional(),
    stoppedReason: z.string().optional(),
    containers: z
      .array(z.object({ exitCode: z.number().int().optional(), reason: z.string().optional() }))
      .default([]),
  }),
})

/**
 * A task came to its end: kept on the attempt whose task it is, and the workflow told. Duplicate,
 * late and reordered events change nothing (T9).
 */
export const onTaskStopped = step(Input, (world) => async ({ time, detail }) => {
  const attemptId = detail.startedBy ?? ''
  if (detail.lastStatus !== 'STOPPED' || !ATTEMPT.test(attemptId)) return { acted: false }
  const attempt = await world.store.attempts.get(attemptId)
  const known = attempt?.claim?.taskArn ?? attempt?.taskArn ?? detail.taskArn // The one at work.
  if (!attempt || known !== detail.taskArn) return { acted: false }
  const { stopCode, containers } = detail
  const { exitCode, reason } = containers[0] ?? {}
  const stoppedReason = reason ?? detail.stoppedReason // Out of memory stands at the container only.
  return { acted: await taskEnded(world, attempt, { at: time, stopCode, stoppedReason, exitCode }) }
})

const ATTEMPT = /^run-.+-t\d+-a\d+$/
