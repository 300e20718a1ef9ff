import { z } from 'zod'
import type { Run } from '#core/contracts/run.ts'
import { attemptDeadlines } from '#core/decisions/deadlines.ts'
import { attemptEnded } from '#core/decisions/transition.ts'
import { attemptIdOf, turnNumberOf } from '#core/ids.ts'
import { nextAttempt } from '#functions/attempt/next-attempt.ts'
import { step } from '#functions/step.ts'
import { changeRun } from '#functions/store/change-run.ts'

const Input = z.strictObject({ runId: z.string(), turnId: z.string() })

/** Admits the next attempt of a turn, or ends the turn (T12, S1): attempt, fencing token, request. */
export const openAttempt = step(Input, (world) => async ({ runId, turnId }) => {
  const { store } = world
  const number = turnNumberOf(turnId)
  await changeRun(store, runId, 'OpenAttempt', async (run) => {
    const turn = await store.turns.get({ runId, number })
    return turn?.status === 'running' ? nextAttempt(world, run, turn) : undefined
  })
  const [run, turn] = await Promise.all([store.runs.get(runId), store.turns.get({ runId, number })])
  if (!run || turn?.status !== 'running') return { verdict: 'give_up' }
  if (run.wait) return { verdict: 'retry_after', seconds: waitOf(run.wait, store.now()) }
  const attemptId = attemptIdOf(turn.id, turn.attempts)
  const attempt = await store.attempts.get(attemptId)
  if (!attempt || attemptEnded(attempt.state)) return { verdict: 'give_up' }
  const commands = (run.config.verification.length + PLAN_CHECKS) * (turn.phase === 'prove' ? 3 : 1)
  return { verdict: 'launch', attemptId, ...attemptDeadlines(run.config.clocks, commands) }
})

/** The most checks that a plan may have (D2): its own number is not looked up for an upper bound. */
const PLAN_CHECKS = 20

/** Until a provider's limit ends; after that, until a slot is free. */
const waitOf = ({ until }: NonNullable<Run['wait']>, now: number): number =>
  Math.max(SLOT_SECONDS, Math.ceil((Date.parse(until) - now) / 1000))

const SLOT_SECONDS = 2
