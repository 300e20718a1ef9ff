import type { Phase } from '#core/contracts/phase.ts'
import type { Run } from '#core/contracts/run.ts'
import { turnIdOf } from '#core/ids.ts'
import type { RunChange } from '#functions/store/change-run.ts'
import { isoNow, type Store } from '#functions/store/store.ts'

/** What becomes of a run when its next turn is opened. */
export const openTurn = (
  store: Store,
  run: Run,
  turn: { phase: Phase; section: number; nextTask?: string | undefined },
): RunChange => {
  const number = run.turns + 1
  const id = turnIdOf(run.id, number)
  const { phase, section, nextTask } = turn
  return {
    set: { turns: number },
    events: [{ kind: 'turn.started', turnId: id, to: phase, facts: { number, section } }],
    writes: [
      store.turns.create(
        { runId: run.id, number },
        {
          id,
          runId: run.id,
          projectId: run.projectId,
          number,
          phase,
          section,
          ...(nextTask !== undefined && { nextTask }),
          status: 'running',
          attempts: 0,
          failures: {},
          model: 0,
          startedAt: isoNow(store),
        },
      ),
    ],
  }
}
