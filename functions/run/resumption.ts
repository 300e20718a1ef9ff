import type { Run } from '#core/contracts/run.ts'
import type { Store } from '#functions/store/store.ts'
import type { Write } from '#functions/store/table.ts'

/** The run that went on from another, if one did: there is never a second (D6). */
export const resumptionOf = async (store: Store, runId: string): Promise<Run | undefined> => {
  const record = await store.fires.get(keyOf(runId))
  return record && store.runs.get(record.runId)
}

/** The write by which a run goes on from another; fails when one did before. */
export const takeResumption = (store: Store, runId: string, resumes: string): Write =>
  store.fires.create(keyOf(resumes), { runId, expiresAt: NEVER })

const keyOf = (runId: string): string => `resumption#${runId}`

/** Epoch seconds of the year 9999's end. */
const NEVER = 253_402_300_799
