import type { Run } from '#core/contracts/run.ts'
import type { RunChange } from '#functions/store/change-run.ts'
import { slotHolders, takeSlot } from '#functions/store/slots.ts'
import type { World } from '#functions/world.ts'

/** A change that leaves the run with a later deadline. */
interface Woken extends RunChange {
  readonly set: Pick<Run, 'wait' | 'waitedSeconds' | 'deadlineAt'>
}

/**
 * What becomes of a run whose wait for a provider is over (T13): it takes a slot again, and the wait
 * does not count towards its deadline (S5). Undefined while it goes on, or while no slot is free.
 */
export const endWait = async (
  { store, settings }: World,
  run: Run,
  wait: NonNullable<Run['wait']>,
): Promise<Woken | undefined> => {
  const now = store.now()
  const holders = await slotHolders(store.table)
  const free = holders.includes(run.id) || holders.length < settings.VIGIL_RUNS_AT_ONCE
  const over = now >= Date.parse(wait.until) && free
  if (!over && run.cancel === undefined) return undefined
  const waited = now - Date.parse(wait.since)
  return {
    set: {
      wait: undefined,
      waitedSeconds: run.waitedSeconds + waited / 1000,
      deadlineAt: new Date(Date.parse(run.deadlineAt) + waited).toISOString(),
    },
    events: [{ kind: 'provider.resumed', reason: wait.class, facts: { seconds: waited / 1000 } }],
    writes: free ? [takeSlot(store.table, run.id, settings.VIGIL_RUNS_AT_ONCE)] : [],
  }
}
