import { z } from 'zod'
import { step } from '#functions/step.ts'
import { liveIds } from '#functions/store/live.ts'
import { sweepAttempt } from '#functions/sweep/sweep-attempt.ts'
import { sweepLease, sweepSlots } from '#functions/sweep/sweep-lease.ts'
import { sweepRun } from '#functions/sweep/sweep-run.ts'
import { sweepTasks } from '#functions/sweep/sweep-tasks.ts'

const Input = z.object({
  /** Whether what has just begun may still be on its way: not when the plane itself begins. */
  young: z.boolean().default(true),
})

/**
 * Every five minutes, over everything that is not terminal (S3): finds what lost its workflow, its
 * task or its event, re-reads it, and corrects it by the same functions as everybody else.
 */
export const sweep = step(Input, (world) => async ({ young }) => {
  const { runs, attempts } = await liveIds(world.store)
  const projects = await world.store.projects.list('projects', 200)
  const corrected: (string | undefined)[] = []
  for (const id of attempts) corrected.push(await sweepAttempt(world, id))
  for (const id of runs) corrected.push(await sweepRun(world, id, young))
  for (const { id } of projects) corrected.push(await sweepLease(world, id))
  corrected.push(...(await sweepSlots(world)), ...(await sweepTasks(world)))
  return { looked: runs.length + attempts.length, corrected: corrected.filter(Boolean) }
})
