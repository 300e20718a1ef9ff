import { z } from 'zod'
import { turnIdOf } from '#core/ids.ts'
import { beginRun } from '#functions/run/begin-run.ts'
import { step } from '#functions/step.ts'
import { changeRun } from '#functions/store/change-run.ts'

const Input = z.strictObject({ runId: z.string() })

/** Confirms the lease, pins what the run works with (T18), and opens discovery unless there is a plan. */
export const startRun = step(Input, (world) => async ({ runId }) => {
  await changeRun(world.store, runId, 'StartRun', (run) => beginRun(world, run))
  const run = await world.store.runs.get(runId)
  const live = run?.status === 'running' && !run.cancel
  return {
    verdict: !live ? 'stop' : run.planId === undefined ? 'discover' : 'execute',
    turnWorkflow: run?.pinned?.turnWorkflow ?? world.settings.VIGIL_TURN_ARN,
    turnId: turnIdOf(runId, 1),
  }
})
