import { z } from 'zod'
import { nextTurn as decide } from '#core/decisions/next-turn.ts'
import { turnIdOf } from '#core/ids.ts'
import { step } from '#functions/step.ts'
import { changeRun } from '#functions/store/change-run.ts'
import { loopFacts } from '#functions/turn/loop-facts.ts'
import { openTurn } from '#functions/turn/open-turn.ts'
import { runTurns } from '#functions/turn/run-turns.ts'
import { turnResult } from '#functions/turn/turn-result.ts'

/** Opens the turn that the table of the loop asks for, or says that there is none (E1). */
export const nextTurn = step(
  z.strictObject({ runId: z.string() }),
  (world) =>
    async ({ runId }) => {
      const { store } = world
      await changeRun(store, runId, 'NextTurn', async (run) => {
        const turns = await runTurns(store, run.id)
        if (run.cancel || turns.some(({ status }) => status === 'running')) return undefined
        const next = decide(await loopFacts(store, run, turns))
        if (next.next === 'end') return undefined
        const last = turns.at(-1)
        const asked = last && last.phase === next.phase ? await turnResult(store, last) : undefined
        return openTurn(store, run, { ...next, nextTask: asked?.completion?.nextTask })
      })
      const run = await store.runs.get(runId)
      const turn = run && (await store.turns.get({ runId, number: run.turns }))
      const next = turn?.status === 'running' && !run?.cancel ? turn.phase : 'end'
      return { next, turnId: turnIdOf(runId, run?.turns ?? 0) }
    },
)
