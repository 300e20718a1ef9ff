import type { Run } from '#core/contracts/run.ts'
import { classifyEnd } from '#core/decisions/classify-end.ts'
import { attemptEnded } from '#core/decisions/transition.ts'
import { endAttempt } from '#functions/attempt/end-attempt.ts'
import { spentBy } from '#functions/attempt/spent-by.ts'
import { taskStopped } from '#functions/attempt/task-stopped.ts'
import { changeRun } from '#functions/store/change-run.ts'
import { runPartition } from '#functions/store/run.ts'
import { endTurn } from '#functions/turn/end-turn.ts'
import { runTurns } from '#functions/turn/run-turns.ts'
import type { World } from '#functions/world.ts'

/**
 * Ends what is still open of a run whose workflow is over: live attempts, once their tasks are
 * known to have stopped, then turns. Answers false while a task may still be running.
 */
export const stopAttempts = async (world: World, run: Run, actor: string): Promise<boolean> => {
  const { store } = world
  const attempts = await store.attempts.all(runPartition(run.id), 'attempt#')
  const live = attempts.filter(({ state }) => !attemptEnded(state))
  const stopped = await Promise.all(live.map((attempt) => taskStopped(world, attempt)))
  if (stopped.includes(false)) return false
  for (const { id } of live)
    await changeRun(store, run.id, actor, async (current) => {
      const attempt = await store.attempts.get(id)
      if (!attempt || attemptEnded(attempt.state)) return undefined
      const fault = run.cancel ? 'cancelled' : classifyEnd(attempt, undefined)
      const { usd, set } = await spentBy(store, current, attempt)
      const { write, events } = endAttempt(store, attempt, { class: fault, usd })
      return { set, events, writes: [write] }
    })
  await changeRun(store, run.id, actor, async () => {
    const open = (await runTurns(store, run.id)).filter(({ status }) => status === 'running')
    if (open.length === 0) return undefined
    const outcome = run.cancel ? 'cancelled' : 'failed'
    const ends = open.map((turn) => endTurn(store, turn, { outcome }))
    return { events: ends.map(({ event }) => event), writes: ends.map(({ write }) => write) }
  })
  return true
}
