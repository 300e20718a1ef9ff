import { z } from 'zod'
import { step } from '#functions/step.ts'
import { liveIds } from '#functions/store/live.ts'
import { sweepAttempt } from '#functions/sweep/sweep-attempt.ts'
import { sweepLease, sweepSlots } from '#functions/sweep/sweep-lease.ts'
import { sweepRun } from '#functions/sweep/sweep-run.ts'
import { sweepTasks } from '#functions/sweep/sweep-tasks.ts'

const Input = z.object({
  /**
   * The plane itself begins: a run without a pipeline never gets one otherwise, however young. What
   * became of tasks meanwhile is still being told by those who found them, and left to them.
   */
  beginning: z.boolean().default(false),
})

/**
 * Every five minutes, over everything that is not terminal (S3): finds what lost its workflow, its
 * task or its event, re-reads it, and corrects it by the same functions as everybody else.
 */
export const sweep = step(Input, (world) => async ({ beginning }) => {
  const { runs, attempts } = await liveIds(world.store)
  const projects = await world.store.projects.list('projects', 200)
  const found: (string | undefined)[] = []
  for (const id of runs) found.push(await sweepRun(world, id, !beginning))
  if (!beginning) {
    for (const id of attempts) found.push(await sweepAttempt(world, id))
    for (const { id } of projects) found.push(await sweepLease(world, id))
    found.push(...(await sweepSlots(world)), ...(await sweepTasks(world)))
  }
  const corrected = found.filter((what) => what !== undefined)
  world.count('SweepCorrections', corrected.length)
  return { looked: runs.length + (beginning ? 0 : attempts.length), corrected }
})
