import { SendTaskFailureCommand } from '@aws-sdk/client-sfn'
import type { Attempt } from '#core/contracts/attempt.ts'
import { classifyTask } from '#core/decisions/classify-end.ts'
import { attemptEnded } from '#core/decisions/transition.ts'
import { isRefusal } from '#functions/store/refusal.ts'
import type { World } from '#functions/world.ts'

/** How a task ended, as an event or a description of it has it. */
export interface Ended {
  readonly at: string
  readonly stopCode: string | undefined
  readonly stoppedReason: string | undefined
  readonly exitCode: number | undefined
}

/**
 * Keeps how an attempt's task came to its end and tells the workflow that waits for it. Answers
 * false when it was known already (T9).
 */
export const taskEnded = async (
  { store, workflows }: World,
  attempt: Attempt,
  { at, stopCode, stoppedReason, exitCode }: Ended,
): Promise<boolean> => {
  const taskEnd = {
    at,
    ...(stopCode !== undefined && { stopCode }),
    ...(stoppedReason !== undefined && { stoppedReason: stoppedReason.slice(0, 500) }),
    ...(exitCode !== undefined && { exitCode }),
  }
  const fresh = await store.attempts.update(attempt.id, {
    set: { taskEnd },
    when: { taskEnd: null },
  })
  if (attemptEnded(attempt.state) || attempt.taskToken === undefined) return fresh
  const failure = new SendTaskFailureCommand({
    taskToken: attempt.taskToken,
    error: classifyTask(taskEnd),
    cause: stoppedReason ?? 'the task stopped without a word',
  })
  await workflows.send(failure).catch((error: unknown) => {
    // The supervisor, or a deadline, was faster: nothing is left to say.
    if (!isRefusal(error)) throw error
  })
  return fresh
}
