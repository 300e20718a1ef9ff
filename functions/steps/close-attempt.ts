import { z } from 'zod'
import { attemptEnded } from '#core/decisions/transition.ts'
import { partsOfAttemptId } from '#core/ids.ts'
import { judgeAttempt } from '#functions/attempt/judge-attempt.ts'
import { taskStoppedSoon } from '#functions/attempt/task-stopped.ts'
import { step } from '#functions/step.ts'
import { changeRun } from '#functions/store/change-run.ts'

const Input = z.strictObject({
  attemptId: z.string(),
  /** Name of the error that RunAgent ended with; absent when the supervisor answered success. */
  error: z.string().optional(),
  cause: z.string().optional(),
})

/** Settles an attempt, sees to it that its task has stopped, and decides what follows (T6–T8). */
export const closeAttempt = step(Input, (world) => async ({ attemptId, error, cause }) => {
  const { store } = world
  const { runId, turnNumber } = partsOfAttemptId(attemptId)
  const before = await store.attempts.get(attemptId)
  if (before && error !== undefined && !(await taskStoppedSoon(world, before)))
    return { verdict: 'stopping' }
  await changeRun(store, runId, 'CloseAttempt', async (run) => {
    const attempt = await store.attempts.get(attemptId)
    if (!attempt || attemptEnded(attempt.state)) return undefined
    return judgeAttempt(store, run, attempt, { error, cause })
  })
  const turn = await store.turns.get({ runId, number: turnNumber })
  if (turn?.status !== 'running') return { verdict: 'over' }
  const wait = turn.retryAt === undefined ? 0 : Date.parse(turn.retryAt) - store.now()
  return { verdict: 'retry_after', seconds: Math.max(0, Math.ceil(wait / 1000)) }
})
