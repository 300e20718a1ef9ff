import type { Attempt } from '#core/contracts/attempt.ts'
import { AttemptRequest } from '#core/contracts/attempt-request.ts'
import { CODING_PHASES } from '#core/contracts/phase.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import type { Scene } from './scene.ts'

/** Checkpoints that were accepted are still there, and the turn's next attempt began from them. */
export const checkpointsKept = async (
  { services, table }: Scene,
  attempts: readonly Pick<Attempt, 'id' | 'turnId' | 'number' | 'phase' | 'checkpoint'>[],
): Promise<string[]> => {
  const { bucket } = services.store
  const broken: string[] = []
  for (const { id, turnId, number, phase, checkpoint } of attempts) {
    if (!checkpoint || !CODING_PHASES.includes(phase)) continue
    if (!(await bucket.get(checkpoint.key))) broken.push(`the checkpoint of ${id} is gone`)
    const next = attempts.find((each) => each.turnId === turnId && each.number === number + 1)
    const request = next && (await bucket.getJson(attemptKeys(next.id).request, AttemptRequest))
    if (request?.origin.kind === 'cycle' && request.origin.head?.key !== checkpoint.key)
      broken.push(`${next?.id} did not begin from the checkpoint of ${id}`)
  }
  const seen = table.attempts().filter((attempt) => attempt.checkpoint !== undefined)
  const now = new Map(attempts.map((attempt) => [attempt.id, attempt.checkpoint]))
  const taken = seen.filter(({ id }) => now.get(id) === undefined)
  return [...broken, ...taken.map(({ id }) => `the checkpoint of ${id} was taken back`)]
}
