import type { Attempt } from '#core/contracts/attempt.ts'
import { AttemptResult } from '#core/contracts/attempt-result.ts'
import type { NewEvent } from '#core/contracts/event.ts'
import type { Run } from '#core/contracts/run.ts'
import { type AttemptEnd, afterAttempt } from '#core/decisions/after-attempt.ts'
import { classifyEnd, completionFault } from '#core/decisions/classify-end.ts'
import { turnNumberOf } from '#core/ids.ts'
import type { RunChange } from '#functions/store/change-run.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import type { Store } from '#functions/store/store.ts'
import { followTurn } from '#functions/turn/follow-turn.ts'
import { endAttempt } from './end-attempt.ts'
import { spentBy } from './spent-by.ts'

/** What becomes of a run when one of its attempts has ended: attempt, counters, cost, and the turn. */
export const judgeAttempt = async (
  store: Store,
  run: Run,
  attempt: Attempt,
  answer: { error: string | undefined; cause: string | undefined },
): Promise<RunChange | undefined> => {
  const turn = await store.turns.get({ runId: run.id, number: turnNumberOf(attempt.turnId) })
  if (turn?.status !== 'running') return undefined
  const result = await store.bucket.getJson(attemptKeys(attempt.id).result, AttemptResult)
  const end = endOf(attempt, result, answer.error)
  const fault = 'class' in end ? end.class : undefined
  const failures =
    fault === undefined
      ? turn.failures
      : { ...turn.failures, [fault]: (turn.failures[fault] ?? 0) + 1 }
  const spent = await spentBy(store, run, attempt, result?.usage)
  const ended = endAttempt(store, attempt, { class: fault, reason: answer.cause, usd: spent.usd })
  const following = afterAttempt({
    end,
    failures,
    retries: run.config.retries,
    model: turn.model,
    models: run.config.models.length,
    resetAt: result?.resetAt === undefined ? undefined : Date.parse(result.resetAt),
    now: store.now(),
    waitedSeconds: run.waitedSeconds,
  })
  const then = followTurn(store, turn, following, { failures, class: fault ?? '' })
  return {
    set: { ...then.set, ...spent.set },
    events: [...verified(attempt, result), ...ended.events, ...then.events],
    writes: [ended.write, ...(then.writes ?? [])],
  }
}

const endOf = (
  attempt: Attempt,
  result: AttemptResult | undefined,
  error: string | undefined,
): AttemptEnd => {
  if (error !== undefined) return { class: classifyEnd(attempt, error) }
  if (attempt.phase === 'prove' && result?.proof)
    return { completion: { status: 'done', summary: 'proved' } }
  if (!result?.completion) return { class: 'agent.no_completion' }
  const own = completionFault(result.completion)
  return own === undefined ? { completion: result.completion } : { class: own }
}

const verified = (attempt: Attempt, result: AttemptResult | undefined): NewEvent[] =>
  result && result.verification.length > 0
    ? [
        {
          kind: 'verification.ended',
          turnId: attempt.turnId,
          attemptId: attempt.id,
          facts: {
            commands: result.verification.map(({ command, exit, durationMs }) => ({
              command,
              exit,
              durationMs,
            })),
          },
        },
      ]
    : []
