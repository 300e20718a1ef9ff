import type { Attempt } from '#core/contracts/attempt.ts'
import { AttemptRequest } from '#core/contracts/attempt-request.ts'
import type { Cycle } from '#core/contracts/cycle.ts'
import { CODING_PHASES } from '#core/contracts/phase.ts'
import type { Run } from '#core/contracts/run.ts'
import type { Turn } from '#core/contracts/turn.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import { runPartition } from '#functions/store/run.ts'
import type { Store } from '#functions/store/store.ts'
import { runTurns } from '#functions/turn/run-turns.ts'

/**
 * The checkpoint of a coding attempt that a stopped run left unfinished: the first coding turn of the
 * run that resumes it goes on from there (D6), unless the cycle's head has moved since.
 */
export const keptWork = async (
  store: Store,
  run: Run,
  turn: Turn,
  cycle: Cycle,
): Promise<Attempt['checkpoint']> => {
  if (run.resumes === undefined || !CODING_PHASES.includes(turn.phase)) return undefined
  const turns = await runTurns(store, run.id)
  const first = turns.find(({ phase }) => CODING_PHASES.includes(phase))
  if (first?.number !== turn.number) return undefined
  const attempts = await store.attempts.all(runPartition(run.resumes), 'attempt#')
  const last = attempts.filter(({ phase }) => CODING_PHASES.includes(phase)).at(-1)
  if (!last?.checkpoint || last.state === 'succeeded') return undefined
  const request = await store.bucket.getJson(attemptKeys(last.id).request, AttemptRequest)
  const from = request?.origin.kind === 'cycle' ? request.origin : undefined
  const moved = from?.baseCommit !== cycle.baseCommit || from.head?.commit !== cycle.head?.commit
  return moved ? undefined : last.checkpoint
}
