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
  const corrected: (string | undefined)[] = []
  for (const id of runs) corrected.push(await sweepRun(world, id, !beginning))
  if (beginning) return { looked: runs.length, corrected: corrected.filter(Boolean) }
  for (const id of attempts) corrected.push(await sweepAttempt(world, id))
  for (const { id } of projects) corrected.push(await sweepLease(world, id))
  corrected.push(...(await sweepSlots(world)), ...(await sweepTasks(world)))
  return { looked: runs.length + attempts.length, corrected: corrected.filter(Boolean) }
})
