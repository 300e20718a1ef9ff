import { z } from 'zod'
import { keepPlan } from '#functions/run/keep-plan.ts'
import { step } from '#functions/step.ts'
import { changeRun } from '#functions/store/change-run.ts'
import { turnResult } from '#functions/turn/turn-result.ts'

const Input = z.strictObject({ runId: z.string() })

/** Keeps the plan that discovery proposed, if it did, and says how the run goes on (D2–D7). */
export const recordDiscovery = step(Input, (world) => async ({ runId }) => {
  const { store } = world
  const turn = await store.turns.get({ runId, number: 1 })
  const result = turn && (await turnResult(store, turn))
  if (result)
    await changeRun(store, runId, 'RecordDiscovery', (run) =>
      run.planId === undefined && !run.cancel ? keepPlan(world, run, result) : undefined,
    )
  const run = await store.runs.get(runId)
  if (!run || run.cancel) return { verdict: 'failed' }
  if (run.planId !== undefined)
    return { verdict: run.config.execute === 'approve' ? 'proposed' : 'plan' }
  return { verdict: turn?.status === 'done' ? 'no_plan' : 'failed' }
})
