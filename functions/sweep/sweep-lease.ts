import { runEnded } from '#core/decisions/transition.ts'
import { giveSlot, slotHolders } from '#functions/store/slots.ts'
import type { World } from '#functions/world.ts'
import { correct } from './correct.ts'

/** A lease whose run has ended, or is nowhere, is free (S3). Answers what was corrected. */
export const sweepLease = async (world: World, projectId: string): Promise<string | undefined> => {
  const { store } = world
  const lease = await store.leases.get(projectId)
  if (lease?.runId === undefined || !(await isOver(world, lease.runId))) return undefined
  const freed = await store.leases.update(projectId, {
    set: { runId: undefined },
    when: { runId: lease.runId },
  })
  return freed ? correct(world, lease.runId, 'lease_released') : undefined
}

/** Slots of runs that have ended, or are nowhere, are free (G13). Answers how many were. */
export const sweepSlots = async (world: World): Promise<string[]> => {
  const { table } = world.store
  const freed: string[] = []
  for (const runId of await slotHolders(table))
    if ((await isOver(world, runId)) && (await table.transact([giveSlot(table, runId)])))
      freed.push(await correct(world, runId, 'slot_released'))
  return freed
}

const isOver = async ({ store }: World, runId: string): Promise<boolean> => {
  const run = await store.runs.get(runId)
  return !run || runEnded(run.status)
}
