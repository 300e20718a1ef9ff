import { SendTaskFailureCommand, SendTaskSuccessCommand } from '@aws-sdk/client-sfn'
import { Superseded } from '#containers/agent/beats.ts'
import { NO_OUTCOME, type Outcome } from '#containers/agent/outcome.ts'
import type { Worker } from '#containers/agent/worker.ts'
import type { AttemptResult } from '#core/contracts/attempt-result.ts'
import type { Fault } from '#core/faults.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import { isRefusal } from '#functions/store/refusal.ts'
import type { PlaneClock } from './plane-clock.ts'
import { LOOK_SECONDS, type Supervisor } from './supervisor.ts'

/** How a supervisor tells what came of its attempt, and then ends. */
export interface Answers {
  success(outcome: Outcome): Promise<void>
  /** As for a fault, or for an attempt that is no longer its own: then nobody is told. */
  failure(why: Fault | Superseded): Promise<void>
}

/** What a supervisor stores and sends at its end; `exit` ends its process. */
export const answersOf = (
  self: Supervisor,
  worker: Worker,
  clock: PlaneClock,
  exit: (code: number) => void,
): Answers => {
  const keep = (outcome: Outcome): Promise<void> => {
    const { attemptId } = self
    const { usage, fault } = self.observation
    const result: AttemptResult = {
      ...outcome,
      attemptId,
      nonce: self.request?.nonce ?? '',
      usage,
      ...(fault?.resetAt !== undefined && { resetAt: fault.resetAt }),
    }
    return worker.store.bucket.putJson(attemptKeys(attemptId).result, result)
  }
  const answer = async (send: () => Promise<unknown>, code: number, left = TRIES) => {
    if (self.state !== 'at work') return
    try {
      await send()
    } catch (error) {
      if (!isRefusal(error) && left > 0)
        return clock.later(LOOK_SECONDS, () => void clock.work(answer(send, code, left - 1)))
    }
    exit(code)
  }
  return {
    success: async (outcome) => {
      await keep(outcome)
      const { taskToken, attemptId } = self
      const output = JSON.stringify({ attemptId })
      const success = new SendTaskSuccessCommand({ taskToken, output })
      await answer(() => worker.workflows.send(success), 0)
    },
    failure: async (why) => {
      if (why instanceof Superseded) return exit(0)
      await keep(NO_OUTCOME)
      const { taskToken } = self
      const failure = new SendTaskFailureCommand({ taskToken, error: why.code, cause: why.message })
      await answer(() => worker.workflows.send(failure), 1)
    },
  }
}

/** A service that is away is asked again for about as long as the SDK does. */
const TRIES = 60
