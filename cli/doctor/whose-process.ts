import { realpathSync } from 'node:fs'
import { z } from 'zod'
import { Attempt } from '#core/contracts/attempt.ts'
import { attemptEnded } from '#core/decisions/transition.ts'
import { partsOfAttemptId } from '#core/ids.ts'
import { ask } from './ask.ts'
import { holderOf } from './owner.ts'
import type { Belonging, Found } from './processes.ts'
import type { Scene } from './scene.ts'

const Detail = z.object({ attempts: z.array(Attempt.omit({ taskToken: true })) })

/** Finds out whose a process is: by its folder, and by what the plane knows of its attempt. */
export const whoseProcess = async (scene: Scene, found: Found): Promise<Belonging> => {
  const of = whose(scene.home, found.folder)
  if (of === 'other') return { of, planeRuns: runs(found.folder ?? ''), attempt: 'not asked' }
  const planeRuns = scene.holder.held === 'alive'
  return { of, planeRuns, attempt: await attemptOf(scene, found.attemptId) }
}

const runs = (folder: string): boolean => holderOf(folder).held === 'alive'

const whose = (home: string, folder: string | undefined): Belonging['of'] => {
  if (folder === undefined) return 'unknown'
  return folder === home || realOf(folder) === realOf(home) ? 'this' : 'other'
}

const realOf = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

const attemptOf = async ({ plane }: Scene, id: string): Promise<Belonging['attempt']> => {
  if (!plane) return 'not asked'
  const answer = await ask(plane, `/v1/runs/${encodeURIComponent(runOf(id))}`, Detail)
  if (answer?.status === 404) return 'nowhere'
  if (!answer?.value) return 'not asked'
  const attempt = answer.value.attempts.find((known) => known.id === id)
  if (!attempt) return 'nowhere'
  const ended = attemptEnded(attempt.state) && Date.parse(attempt.endedAt ?? attempt.launchedAt)
  return ended !== false && Date.now() - ended > SETTLED_MS ? 'over' : 'live'
}

const runOf = (attemptId: string): string => {
  try {
    return partsOfAttemptId(attemptId).runId
  } catch {
    return attemptId
  }
}

/** What an agent and its supervisor have to end by themselves: SIGTERM, 5 s, SIGKILL (T5). */
const SETTLED_MS = 15_000
