import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Attempt, AttemptState } from '#core/contracts/attempt.ts'
import type { Event } from '#core/contracts/event.ts'
import type { Run } from '#core/contracts/run.ts'
import { eventSortKey } from '#functions/store/event.ts'
import { runPartition } from '#functions/store/run.ts'
import type { Store } from '#functions/store/store.ts'

/** What was seen of a run in the table, and when. Times in epoch milliseconds. */
export interface TableWatch {
  run(): Run | undefined
  attempts(): Attempt[]
  events(): { event: Event; at: number }[]
  /** When an attempt was first seen in one of the states. */
  stateAt(attemptId: string, states: readonly AttemptState[]): number | undefined
  /** Events that were there once and are not, or not as they were. */
  lost(): Promise<string[]>
  stop(): Promise<void>
}

/** Looks at a run in the table engine itself, past the plane and whatever stands before its table. */
export const watchTable = (store: Store, runId: string): TableWatch => {
  const events: { event: Event; at: number }[] = []
  const states = new Map<string, Map<AttemptState, number>>()
  let run: Run | undefined
  let attempts: Attempt[] = []
  let stopping = false
  const look = async () => {
    const after = eventSortKey(events.at(-1)?.event.sequence ?? 0)
    const [nowRun, nowAttempts, fresh] = await Promise.all([
      store.runs.get(runId),
      store.attempts.all(runPartition(runId), 'attempt#'),
      store.events.all(runPartition(runId), 'event#', after),
    ])
    const at = Date.now()
    run = nowRun
    attempts = nowAttempts
    events.push(...fresh.map((event) => ({ event, at })))
    for (const { id, state } of attempts) {
      const known = states.get(id) ?? new Map<AttemptState, number>()
      if (!known.has(state)) known.set(state, at)
      states.set(id, known)
    }
  }
  const watch = async () => {
    for (; !stopping; await sleep(LOOK_MS)) await look().catch(() => undefined)
  }
  const watching = watch()
  return {
    run: () => run,
    attempts: () => attempts,
    events: () => events,
    stateAt: (attemptId, wanted) => {
      const known = wanted.map((state) => states.get(attemptId)?.get(state))
      const times = known.filter((time) => time !== undefined)
      return times.length > 0 ? Math.min(...times) : undefined
    },
    lost: async () => {
      const there = await store.events.all(runPartition(runId), 'event#')
      const gone = events.filter(
        ({ event }) => !there.some((other) => isDeepStrictEqual(other, event)),
      )
      return gone.map(({ event }) => `${event.sequence} ${event.kind}`)
    },
    stop: async () => {
      stopping = true
      await watching
    },
  }
}

const LOOK_MS = 40
