import type { Attempt, AttemptState } from '#core/contracts/attempt.ts'
import type { NewEvent } from '#core/contracts/event.ts'
import { LIVE_ATTEMPT, sourcesOf, TRANSITIONS } from '#core/decisions/transition.ts'
import type { FaultClass } from '#core/faults.ts'
import { isoNow, type Store } from '#functions/store/store.ts'
import type { Write } from '#functions/store/table.ts'

/** The write and the events that end an attempt, as succeeded or under a failure class. */
export const endAttempt = (
  store: Store,
  attempt: Attempt,
  end: { class?: FaultClass | undefined; reason?: string | undefined; usd: number },
): { write: Write; events: NewEvent[] } => {
  const to = end.class === undefined ? 'succeeded' : stateOf(end.class)
  const because = end.class === undefined ? {} : { class: end.class }
  const base = { turnId: attempt.turnId, attemptId: attempt.id }
  const special: NewEvent[] =
    to === 'stalled' || to === 'lost'
      ? [
          {
            kind: `attempt.${to}`,
            ...base,
            from: attempt.state,
            reason: end.class,
            facts: clocks(attempt),
          },
        ]
      : []
  return {
    write: store.attempts.change(attempt.id, {
      set: {
        state: to,
        ...because,
        ...(end.reason !== undefined && { reason: end.reason.slice(0, 500) }),
        usd: end.usd,
        endedAt: isoNow(store),
      },
      // A success counts from wherever the last accepted beat had seen the attempt.
      when: { state: end.class === undefined ? LIVE_ATTEMPT : sourcesOf(TRANSITIONS.attempt, to) },
    }),
    events: [
      ...special,
      {
        kind: 'attempt.ended',
        ...base,
        from: attempt.state,
        to,
        ...(end.class !== undefined && { reason: end.class }),
        facts: { number: attempt.number, usd: end.usd, beats: attempt.beats },
      },
    ],
  }
}

const stateOf = (fault: FaultClass): AttemptState => {
  if (fault.startsWith('stall.')) return 'stalled'
  if (fault.startsWith('worker.')) return 'lost'
  if (fault === 'cancelled') return 'cancelled'
  if (fault === 'turn.timed_out') return 'timed_out'
  if (fault === 'budget.exhausted') return 'budget'
  return 'failed'
}

const clocks = ({ stage, stageSince, beatAt }: Attempt) => ({
  ...(stage !== undefined && { stage }),
  ...(stageSince !== undefined && { stageSince }),
  ...(beatAt !== undefined && { beatAt }),
})
