import { z } from 'zod'
import { attemptEnded, LIVE_ATTEMPT } from '#core/decisions/transition.ts'
import { Fault } from '#core/faults.ts'
import { startTask } from '#functions/attempt/start-task.ts'
import { step } from '#functions/step.ts'
import { changeRun } from '#functions/store/change-run.ts'

const Input = z.strictObject({ attemptId: z.string(), runId: z.string(), taskToken: z.string() })

/** Starts the task of an attempt: the token is stored before, the task's ARN after. */
export const runAgent = step(Input, (world) => async ({ attemptId, runId, taskToken }) => {
  const { store } = world
  const live = await store.attempts.update(attemptId, {
    set: { taskToken },
    when: { state: LIVE_ATTEMPT, cancelRequested: false },
  })
  const kept = live && (await store.attempts.get(attemptId))
  if (!kept) throw new Fault('cancelled', `attempt ${attemptId} is over`)
  const taskArn = await startTask(world, kept)
  await changeRun(store, runId, 'RunAgent', async () => {
    const attempt = await store.attempts.get(attemptId)
    if (!attempt || attempt.taskArn !== undefined || attemptEnded(attempt.state)) return undefined
    const state = attempt.state === 'launching' ? 'starting' : attempt.state
    return {
      events: [{ kind: 'attempt.launched', turnId: attempt.turnId, attemptId, facts: { taskArn } }],
      writes: [
        store.attempts.change(attemptId, {
          set: { taskArn, state },
          when: { state: attempt.state },
        }),
      ],
    }
  })
  return { taskArn }
})
