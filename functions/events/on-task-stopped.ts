import {
  InvalidToken,
  SendTaskFailureCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn'
import { z } from 'zod'
import { classifyTask } from '#core/decisions/classify-end.ts'
import { attemptEnded } from '#core/decisions/transition.ts'
import { step } from '#functions/step.ts'

const Input = z.object({
  time: z.iso.datetime(),
  detail: z.object({
    taskArn: z.string(),
    lastStatus: z.string(),
    startedBy: z.string().optional(),
    stopCode: z.string().optional(),
    stoppedReason: z.string().optional(),
    containers: z.array(z.object({ exitCode: z.number().int().optional() })).default([]),
  }),
})

/**
 * A task came to its end: kept on the attempt whose task it is, and the workflow told. Duplicate,
 * late and reordered events change nothing (T9).
 */
export const onTaskStopped = step(Input, (world) => async ({ time, detail }) => {
  const { store, workflows } = world
  const attemptId = detail.startedBy ?? ''
  if (detail.lastStatus !== 'STOPPED' || !ATTEMPT.test(attemptId)) return { acted: false }
  const { stopCode, stoppedReason, containers } = detail
  const exitCode = containers[0]?.exitCode
  const taskEnd = {
    at: time,
    ...(stopCode !== undefined && { stopCode }),
    ...(stoppedReason !== undefined && { stoppedReason: stoppedReason.slice(0, 500) }),
    ...(exitCode !== undefined && { exitCode }),
  }
  const attempt = await store.attempts.get(attemptId)
  if (!attempt || (attempt.taskArn ?? detail.taskArn) !== detail.taskArn) return { acted: false }
  const acted = await store.attempts.update(attemptId, {
    set: { taskEnd },
    when: { taskEnd: null },
  })
  if (attemptEnded(attempt.state) || attempt.taskToken === undefined) return { acted }
  const failure = new SendTaskFailureCommand({
    taskToken: attempt.taskToken,
    error: classifyTask(taskEnd),
    cause: stoppedReason ?? 'the task stopped without a word',
  })
  await workflows.send(failure).catch((error: unknown) => {
    if (!ANSWERED.some((type) => error instanceof type)) throw error
  })
  return { acted }
})

const ATTEMPT = /^run-.+-t\d+-a\d+$/

/** The supervisor, or a deadline, was faster: nothing is left to say. */
const ANSWERED = [InvalidToken, TaskDoesNotExist, TaskTimedOut]
