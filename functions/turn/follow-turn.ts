import type { Turn } from '#core/contracts/turn.ts'
import type { Following } from '#core/decisions/after-attempt.ts'
import type { RunChange } from '#functions/store/change-run.ts'
import { giveSlot } from '#functions/store/slots.ts'
import { isoNow, type Store } from '#functions/store/store.ts'
import { endTurn } from './end-turn.ts'

/**
 * What becomes of a run when one of its turn's attempts has ended: the turn ends, or says when its
 * next attempt may start. While it waits for a provider the run gives its slot back (T13).
 */
export const followTurn = (
  store: Store,
  turn: Turn,
  following: Following,
  { failures, class: fault }: { failures: Turn['failures']; class: string },
): RunChange => {
  if (following.verdict === 'over') {
    const { outcome, reason } = following
    const { write, event } = endTurn(store, turn, { outcome, reason, set: { failures } })
    return { events: [event], writes: [write] }
  }
  const { seconds, model } = following
  const retryAt = new Date(store.now() + seconds * 1000).toISOString()
  const key = { runId: turn.runId, number: turn.number }
  const kept = store.turns.change(key, {
    set: { failures, model, retryAt },
    when: { status: 'running' },
  })
  if (following.verdict === 'retry_after') return { events: [], writes: [kept] }
  return {
    set: { wait: { since: isoNow(store), until: retryAt, class: fault } },
    events: [
      {
        kind: 'provider.waited',
        turnId: turn.id,
        reason: fault,
        facts: { until: retryAt, seconds },
      },
    ],
    writes: [kept, giveSlot(store.table, turn.runId)],
  }
}
