import { z } from 'zod'
import { chooseCycle } from '#functions/run/choose-cycle.ts'
import { step } from '#functions/step.ts'
import { changeRun } from '#functions/store/change-run.ts'

const Input = z.strictObject({ runId: z.string() })

/** Puts the run's plan to work in the project's active cycle or a new one (C1, D6). */
export const openCycle = step(Input, (world) => async ({ runId }) => {
  const { store } = world
  await changeRun(store, runId, 'OpenCycle', async (run) => {
    if (run.cycleId !== undefined || run.planId === undefined || run.cancel) return undefined
    const plan = await store.plans.get(run.planId)
    const open = plan?.status === 'ready' || plan?.status === 'failed'
    return open ? chooseCycle(world, run, plan) : undefined
  })
  const run = await store.runs.get(runId)
  return { verdict: run?.cycleId !== undefined && !run.cancel ? 'open' : 'stop' }
})
