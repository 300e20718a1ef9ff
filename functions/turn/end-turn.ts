import type { NewEvent } from '#core/contracts/event.ts'
import type { Turn, TurnOutcome } from '#core/contracts/turn.ts'
import type { Reason } from '#core/reasons.ts'
import { isoNow, type Store } from '#functions/store/store.ts'
import type { Write } from '#functions/store/table.ts'

/** The write and the event that end a turn. */
export const endTurn = (
  store: Store,
  turn: Turn,
  end: { outcome: TurnOutcome; reason?: Reason | undefined; set?: Partial<Turn> },
): { write: Write; event: NewEvent } => {
  const because = end.reason === undefined ? {} : { reason: end.reason }
  return {
    write: store.turns.change(
      { runId: turn.runId, number: turn.number },
      {
        set: { ...end.set, status: end.outcome, ...because, endedAt: isoNow(store) },
        when: { status: 'running' },
      },
    ),
    event: {
      kind: 'turn.ended',
      turnId: turn.id,
      from: turn.phase,
      to: end.outcome,
      ...because,
    },
  }
}
