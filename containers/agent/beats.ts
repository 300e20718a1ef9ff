import { SendTaskHeartbeatCommand } from '@aws-sdk/client-sfn'
import type { AttemptRequest } from '#core/contracts/attempt-request.ts'
import { expiredClock } from '#core/decisions/expired-clock.ts'
import { Fault } from '#core/faults.ts'
import { isoNow } from '#functions/store/store.ts'
import { isRefusal } from './refusal.ts'
import type { Observation } from './watch.ts'
import type { Worker } from './worker.ts'

/** Thrown into everything that runs when the attempt is no longer ours: nothing more may be written. */
export class Superseded extends Error {}

/**
 * Beats and looks at the clocks until it is stopped: a beat goes out only while the current stage is
 * within its own clock (T4). Calls `kill` once, with why.
 */
export const startBeats = (
  worker: Worker,
  request: AttemptRequest,
  taskToken: string,
  observation: Observation,
  kill: (why: Fault | Superseded) => void,
): { stop: () => void } => {
  const { store, settings } = worker
  let nextBeat = store.now() + settings.VIGIL_BEAT_SECONDS * 1000
  let beating = false
  const look = () => {
    const now = store.now()
    const expired = expiredClock(request.clocks, observation.watch, now)
    if (expired) return kill(new Fault(expired, `in ${observation.watch.stage}`))
    if (beating || now < nextBeat) return
    beating = true
    beat(worker, request, taskToken, observation)
      .then((accepted) => {
        if (accepted) observation.watch = { ...observation.watch, beatAt: store.now() }
        else kill(new Superseded('the attempt is over'))
      })
      .catch(() => undefined) // Not refused, only not delivered: the fence bounds how long.
      .finally(() => {
        beating = false
        nextBeat = store.now() + settings.VIGIL_BEAT_SECONDS * 1000
      })
  }
  const timer = setInterval(look, LOOK_MS)
  return { stop: () => clearInterval(timer) }
}

const LOOK_MS = 100

/** One UpdateItem on the attempt, then one SendTaskHeartbeat. False when either was refused (T8). */
const beat = async (
  { store, workflows }: Worker,
  request: AttemptRequest,
  taskToken: string,
  { watch, acts, usage, sessionId }: Observation,
): Promise<boolean> => {
  const accepted = await store.attempts.update(request.attemptId, {
    set: {
      state: watch.stage === 'working' && watch.toolAt !== undefined ? 'tool' : watch.stage,
      stage: watch.stage,
      stageSince: new Date(watch.stageSince).toISOString(),
      beatAt: isoNow(store),
      acts,
      usage,
      ...(sessionId !== undefined && { sessionId }),
    },
    add: { beats: 1 },
    when: { state: BEATING, fencingToken: request.fencingToken, cancelRequested: false },
  })
  if (!accepted) return false
  try {
    await workflows.send(new SendTaskHeartbeatCommand({ taskToken }))
    return true
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
}

const BEATING = ['preparing', 'working', 'tool', 'nudged', 'verifying', 'finishing']
