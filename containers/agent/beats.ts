import { SendTaskHeartbeatCommand } from '@aws-sdk/client-sfn'
import type { AttemptState } from '#core/contracts/attempt.ts'
import type { AttemptRequest } from '#core/contracts/attempt-request.ts'
import type { EventKind } from '#core/contracts/event.ts'
import { POLLS_SAID } from '#core/decisions/busy-wait.ts'
import { measuredUsd, type Spending, spentShare, usedTokens } from '#core/decisions/cost.ts'
import { mustEnd, WARN_AT } from '#core/decisions/must-end.ts'
import { Fault, type FaultClass } from '#core/faults.ts'
import { isRefusal } from '#functions/store/refusal.ts'
import { isoNow } from '#functions/store/store.ts'
import { tell } from './tell.ts'
import type { Observation } from './watch.ts'
import type { Worker } from './worker.ts'

/** Thrown into everything that runs when the attempt is no longer ours: nothing more may be written. */
export class Superseded extends Error {}

/** Beats of an attempt, as long as they go on. */
export interface Beats {
  /** Beats now, so that the last acts are seen before the attempt is settled. */
  flush(): Promise<void>
  stop(): void
}

/** What becomes of an attempt that must not go on as it does. */
export interface Interventions {
  kill(why: Fault | Superseded): void
  /** Interrupts a silent agent, so that it goes on in its session (T5); false where it cannot. */
  nudge(fault: FaultClass): boolean
}

/**
 * Beats and looks at the clocks until it is stopped: a beat goes out only while the current stage is
 * within its own clock (T4), and at once when a stage begins.
 */
export const startBeats = (
  worker: Worker,
  request: AttemptRequest,
  taskToken: string,
  observation: Observation,
  { kill, nudge }: Interventions,
): Beats => {
  const { store, settings } = worker
  let next = store.now()
  let stage: string | undefined
  let beating: Promise<void> | undefined
  const said = new Set<EventKind>()
  const once = (kind: EventKind, facts: Record<string, unknown>) => {
    if (said.has(kind)) return
    said.add(kind)
    void tell(worker, request, kind, facts)
  }
  const beatOnce = async (): Promise<void> => {
    stage = observation.watch.stage
    try {
      const accepted = await beat(worker, request, taskToken, observation)
      if (accepted) observation.watch = { ...observation.watch, beatAt: store.now() }
      else kill(new Superseded('the attempt is over'))
    } catch {
      // Not refused, only not delivered: the fence bounds how long.
    }
    next = store.now() + settings.VIGIL_BEAT_SECONDS * 1000
    beating = undefined
  }
  const look = () => {
    const now = store.now()
    const spending: Spending = {
      usd: measuredUsd(observation.usage),
      usdLeft: request.usdLeft,
      tokens: usedTokens(observation.usage),
      tokensLeft: request.tokensLeft,
    }
    const ends = mustEnd({
      ...spending,
      now,
      clocks: request.clocks,
      watch: observation.watch,
      deadline: Date.parse(request.deadlineAt),
    })
    if (ends && nudge(ends)) return
    if (ends) return kill(new Fault(ends, `in ${observation.watch.stage}`))
    if (spentShare(spending) >= WARN_AT) once('budget.warned', { ...spending })
    const { polls } = observation.waiting
    if (polls >= POLLS_SAID) once('attempt.busy_waited', { polls })
    if (!beating && (now >= next || stage !== observation.watch.stage)) beating = beatOnce()
  }
  const timer = setInterval(look, LOOK_MS)
  return {
    flush: async () => {
      await beating
      beating = beatOnce()
      await beating
    },
    stop: () => clearInterval(timer),
  }
}

const LOOK_MS = 100

/** One UpdateItem on the attempt, then one SendTaskHeartbeat. False when either was refused (T8). */
const beat = async (
  { store, workflows }: Worker,
  request: AttemptRequest,
  taskToken: string,
  observation: Observation,
): Promise<boolean> => {
  const { watch, acts, usage, sessionId } = observation
  const accepted = await store.attempts.update(request.attemptId, {
    set: {
      state: stateOf(observation),
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

const stateOf = ({ watch, nudge }: Observation): AttemptState => {
  if (watch.stage !== 'working') return watch.stage
  if (nudge === 'unanswered') return 'nudged'
  return watch.toolAt === undefined ? 'working' : 'tool'
}

const BEATING = ['preparing', 'working', 'tool', 'nudged', 'verifying', 'finishing']
