import { z } from 'zod'
import type { Run } from '#core/contracts/run.ts'
import type { Turn } from '#core/contracts/turn.ts'
import { admitAttempt } from '#core/decisions/admit-attempt.ts'
import { attemptDeadlines } from '#core/decisions/deadlines.ts'
import { attemptEnded } from '#core/decisions/transition.ts'
import { attemptIdOf, turnNumberOf } from '#core/ids.ts'
import { launchAttempt } from '#functions/attempt/launch-attempt.ts'
import { step } from '#functions/step.ts'
import { changeRun } from '#functions/store/change-run.ts'
import { endTurn } from '#functions/turn/end-turn.ts'
import type { World } from '#functions/world.ts'

const Input = z.strictObject({ runId: z.string(), turnId: z.string() })

/** Admits the next attempt of a turn, or ends the turn (T12, S1): attempt, fencing token, request. */
export const openAttempt = step(Input, (world) => async ({ runId, turnId }) => {
  const { store } = world
  const number = turnNumberOf(turnId)
  await changeRun(store, runId, 'OpenAttempt', async (run) => {
    const turn = await store.turns.get({ runId, number })
    return turn?.status === 'running' ? admit(world, run, turn) : undefined
  })
  const [run, turn] = await Promise.all([store.runs.get(runId), store.turns.get({ runId, number })])
  if (!run || turn?.status !== 'running') return { verdict: 'give_up' }
  const attemptId = attemptIdOf(turn.id, turn.attempts)
  const attempt = await store.attempts.get(attemptId)
  if (!attempt || attemptEnded(attempt.state)) return { verdict: 'give_up' }
  const commands = run.config.verification.length + 20
  return {
    verdict: 'launch',
    attemptId,
    ...attemptDeadlines(run.config.clocks, turn.phase === 'prove' ? 3 * commands : commands),
  }
})

const admit = async (world: World, run: Run, turn: Turn) => {
  const { store } = world
  const before =
    turn.attempts === 0 ? undefined : await store.attempts.get(attemptIdOf(turn.id, turn.attempts))
  if (before && !attemptEnded(before.state)) return undefined
  const refused = admitAttempt({
    cancelled: run.cancel !== undefined,
    pastDeadline: store.now() > Date.parse(run.deadlineAt),
    usdLeft: run.config.budget.usd - run.usd,
  })
  if (refused === undefined) return launchAttempt(world, run, turn, before)
  const { write, event } = endTurn(store, turn, refused)
  return { events: [event], writes: [write] }
}
