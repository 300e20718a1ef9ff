import { changeRun } from '#functions/store/change-run.ts'
import type { World } from '#functions/world.ts'

/** Says on the run's own record what the sweeper corrected; every correction is an event (S3). */
export const correct = async (
  { store }: World,
  runId: string,
  what: string,
  facts: Record<string, string> = {},
): Promise<string> => {
  await changeRun(store, runId, 'sweep', () => ({
    events: [{ kind: 'sweep.corrected', reason: what, facts }],
  }))
  return what
}
