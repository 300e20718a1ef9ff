import type { Attempt } from '#core/contracts/attempt.ts'
import { AttemptResult } from '#core/contracts/attempt-result.ts'
import type { NewEvent } from '#core/contracts/event.ts'
import type { Run } from '#core/contracts/run.ts'
import type { Turn } from '#core/contracts/turn.ts'
import { type AttemptEnd, afterAttempt } from '#core/decisions/after-attempt.ts'
import { classifyEnd } from '#core/decisions/classify-end.ts'
import { attemptCost } from '#core/decisions/cost.ts'
import { turnNumberOf } from '#core/ids.ts'
import type { RunChange } from '#functions/store/change-run.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import type { Store } from '#functions/store/store.ts'
import { endTurn } from '#functions/turn/end-turn.ts'
import { endAttempt } from './end-attempt.ts'

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
  const cost = attemptCost(result?.usage ?? attempt.usage, attempt)
  const ended = endAttempt(store, attempt, { class: fault, reason: answer.cause, usd: cost.usd })
  const closed = closeTurn(store, turn, run, end, failures)
  return {
    set: { usd: run.usd + cost.usd, usdEstimated: run.usdEstimated || !cost.known },
    events: [...verified(attempt, result), ...ended.events, ...closed.events],
    writes: [ended.write, ...closed.writes],
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
  return result?.completion ? { completion: result.completion } : { class: 'agent.no_completion' }
}

const closeTurn = (
  store: Store,
  turn: Turn,
  run: Run,
  end: AttemptEnd,
  failures: Turn['failures'],
): { events: NewEvent[]; writes: NonNullable<RunChange['writes']> } => {
  const following = afterAttempt(end, failures, run.config.retries)
  if (following.verdict === 'over') {
    const { outcome, reason } = following
    const { write, event } = endTurn(store, turn, { outcome, reason, set: { failures } })
    return { events: [event], writes: [write] }
  }
  const key = { runId: turn.runId, number: turn.number }
  return {
    events: [],
    writes: [store.turns.change(key, { set: { failures }, when: { status: 'running' } })],
  }
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
