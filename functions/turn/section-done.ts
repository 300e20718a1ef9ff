import type { Plan } from '#core/contracts/plan.ts'
import type { Run } from '#core/contracts/run.ts'
import type { Turn, TurnVerdict } from '#core/contracts/turn.ts'
import type { Store } from '#functions/store/store.ts'
import type { Write } from '#functions/store/table.ts'

/** The write that keeps a section as done with its plan, when a turn's verdict made it so (D6, E3). */
export const sectionDone = (
  store: Store,
  run: Run,
  plan: Plan | undefined,
  turn: Turn,
  verdict: TurnVerdict,
): Write[] => {
  const done = run.config.audit
    ? turn.phase === 'audit' && verdict === 'clean'
    : turn.phase === 'code' && verdict === 'complete'
  const sectionsDone = turn.section + 1
  if (!plan || !done || sectionsDone <= (plan.sectionsDone ?? 0)) return []
  return [store.plans.change(plan.id, { set: { sectionsDone } })]
}
