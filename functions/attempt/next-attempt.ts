import type { Attempt } from '#core/contracts/attempt.ts'
import type { Run } from '#core/contracts/run.ts'
import type { Turn } from '#core/contracts/turn.ts'
import { admitAttempt } from '#core/decisions/admit-attempt.ts'
import { attemptEnded } from '#core/decisions/transition.ts'
import { attemptIdOf } from '#core/ids.ts'
import { endWait } from '#functions/run/end-wait.ts'
import { type RunChange, together } from '#functions/store/change-run.ts'
import { endTurn } from '#functions/turn/end-turn.ts'
import type { World } from '#functions/world.ts'
import { launchAttempt } from './launch-attempt.ts'

/**
 * What becomes of a run whose turn wants another attempt: it gets one, or the turn ends because
 * none may start. Undefined while the last one has not ended, or the run waits for a provider.
 */
export const nextAttempt = async (
  world: World,
  run: Run,
  turn: Turn,
): Promise<RunChange | undefined> => {
  const { store } = world
  const before =
    turn.attempts === 0 ? undefined : await store.attempts.get(attemptIdOf(turn.id, turn.attempts))
  if (before && !attemptEnded(before.state)) return undefined
  if (!run.wait) return admit(world, run, turn, before)
  const woken = await endWait(world, run, run.wait)
  const next = woken && (await admit(world, { ...run, ...woken.set }, turn, before))
  return next && together(woken, next)
}

const admit = async (
  world: World,
  run: Run,
  turn: Turn,
  before: Attempt | undefined,
): Promise<RunChange | undefined> => {
  const { store } = world
  const { usd, tokens } = run.config.budget
  const refused = admitAttempt({
    cancelled: run.cancel !== undefined,
    pastDeadline: store.now() > Date.parse(run.deadlineAt),
    usdLeft: usd - run.usd,
    tokensLeft: tokens === undefined ? undefined : tokens - run.tokens,
  })
  if (refused === undefined) return launchAttempt(world, run, turn, before)
  const { write, event } = endTurn(store, turn, refused)
  return { events: [event], writes: [write] }
}
