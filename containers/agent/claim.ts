import { SendTaskHeartbeatCommand } from '@aws-sdk/client-sfn'
import { z } from 'zod'
import type { Attempt } from '#core/contracts/attempt.ts'
import { changeRun } from '#functions/store/change-run.ts'
import { isRefusal } from '#functions/store/refusal.ts'
import { isoNow } from '#functions/store/store.ts'
import type { Worker } from './worker.ts'

const Metadata = z.object({ TaskARN: z.string() })

/**
 * Takes the attempt for this task (T10): first a beat with its token, then the claim. Of two tasks
 * for one attempt one gets it. Undefined: there is nothing to do here.
 */
export const claim = async (worker: Worker, pid: number): Promise<Attempt | undefined> => {
  const { store, settings, workflows } = worker
  const id = settings.VIGIL_ATTEMPT
  const sandbox = settings.VIGIL_SANDBOX
  const attempt = await store.attempts.get(id)
  if (!attempt?.taskToken) return undefined
  try {
    await workflows.send(new SendTaskHeartbeatCommand({ taskToken: attempt.taskToken }))
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
  const taskArn = await ownTaskArn(settings.ECS_CONTAINER_METADATA_URI_V4)
  const claimed = await changeRun(store, attempt.runId, 'supervisor', async () => {
    const now = await store.attempts.get(id)
    if (!now || now.claim || now.cancelRequested || !CLAIMABLE.includes(now.state)) return undefined
    const at = isoNow(store)
    return {
      events: [
        {
          kind: 'attempt.claimed',
          turnId: now.turnId,
          attemptId: id,
          facts: { taskArn, pid, sandbox },
        },
      ],
      writes: [
        store.attempts.change(id, {
          set: {
            claim: { taskArn, pid },
            sandbox,
            state: 'preparing',
            stage: 'preparing',
            stageSince: at,
            beatAt: at,
          },
          when: { claim: null, state: now.state, cancelRequested: false },
        }),
      ],
    }
  })
  return claimed ? attempt : undefined
}

const CLAIMABLE = ['launching', 'starting']

const ownTaskArn = async (metadata: string): Promise<string> => {
  const answer = await fetch(`${metadata}/task`)
  return Metadata.parse(await answer.json()).TaskARN
}
