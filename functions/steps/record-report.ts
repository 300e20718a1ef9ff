import { z } from 'zod'
import { step } from '#functions/step.ts'
import { changeRun } from '#functions/store/change-run.ts'
import { endTurn } from '#functions/turn/end-turn.ts'
import { runTurns } from '#functions/turn/run-turns.ts'
import { turnResult } from '#functions/turn/turn-result.ts'

const Input = z.strictObject({ runId: z.string(), turnId: z.string() })

/** Takes the report turn's words, or notes that there are none: a failed report never fails a run (R1). */
export const recordReport = step(Input, (world) => async ({ runId, turnId }) => {
  const { store } = world
  await changeRun(store, runId, 'RecordReport', async () => {
    const turn = (await runTurns(store, runId)).find(({ id }) => id === turnId)
    if (turn?.status !== 'running') return undefined
    const { write, event } = endTurn(store, turn, { outcome: 'failed', reason: 'bug' })
    return { events: [event], writes: [write] }
  })
  const turn = (await runTurns(store, runId)).find(({ id }) => id === turnId)
  const result = turn && (await turnResult(store, turn))
  return { words: result?.report !== undefined }
})
