import { z } from 'zod'
import { step } from '#functions/step.ts'
import { changeRun } from '#functions/store/change-run.ts'
import { endTurn } from '#functions/turn/end-turn.ts'
import { foldTurn } from '#functions/turn/fold-turn.ts'
import { runTurns } from '#functions/turn/run-turns.ts'
import { turnResult } from '#functions/turn/turn-result.ts'

const Input = z.strictObject({ runId: z.string(), turnId: z.string() })

/** Takes a turn's result into cycle, findings and proof, and says what it came to (E3, E4, E12). */
export const recordTurn = step(Input, (world) => async ({ runId, turnId }) => {
  const { store } = world
  await changeRun(store, runId, 'RecordTurn', async (run) => {
    const turn = (await runTurns(store, runId)).find(({ id }) => id === turnId)
    if (!turn || turn.verdict !== undefined) return undefined
    if (turn.status === 'running') {
      const { write, event } = endTurn(store, turn, { outcome: 'failed', reason: 'bug' })
      return { events: [event], writes: [write] }
    }
    return turn.status === 'done'
      ? foldTurn(store, run, turn, await turnResult(store, turn))
      : undefined
  })
  return {}
})
