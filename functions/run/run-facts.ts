import type { Run } from '#core/contracts/run.ts'
import type { Turn } from '#core/contracts/turn.ts'
import { nextTurn } from '#core/decisions/next-turn.ts'
import type { RunFacts } from '#core/decisions/settle-outcome.ts'
import type { Store } from '#functions/store/store.ts'
import { loopFacts } from '#functions/turn/loop-facts.ts'

/** What a run's end is judged from. `error`: the name of what a workflow ended with, if it failed. */
export const runFacts = async (
  store: Store,
  run: Run,
  turns: readonly Turn[],
  error: string | undefined,
): Promise<RunFacts> => {
  const loop = await loopFacts(store, run, turns)
  const next = loop.past.length > 0 ? nextTurn(loop) : undefined
  const loopEnd = next?.next === 'end' ? EXHAUSTED.find((word) => word === next.reason) : undefined
  return {
    cancelled: run.cancel !== undefined,
    error,
    planned: run.planId !== undefined,
    proposedOnly: run.config.execute === 'approve' && run.trigger !== 'approval',
    loopEnd,
    turns,
    proved: run.proof?.proved,
    pastDeadline: store.now() > Date.parse(run.deadlineAt),
  }
}

const EXHAUSTED = ['turns', 'section_iterations'] as const
