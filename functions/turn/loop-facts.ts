import type { Run } from '#core/contracts/run.ts'
import type { Turn } from '#core/contracts/turn.ts'
import type { LoopFacts } from '#core/decisions/next-turn.ts'
import type { Store } from '#functions/store/store.ts'

/** What the loop of execute decides from, read from a run's turns and plan. */
export const loopFacts = async (
  store: Store,
  run: Run,
  turns: readonly Turn[],
): Promise<LoopFacts> => {
  const plan = run.planId === undefined ? undefined : await store.plans.get(run.planId)
  return {
    past: turns
      .filter(({ phase }) => phase !== 'discovery')
      .map(({ phase, section, status, verdict = 'complete' }) => ({
        phase,
        section,
        status,
        verdict,
      })),
    sections: plan?.sections ?? 1,
    sectionsDone: plan?.sectionsDone ?? 0,
    audit: run.config.audit,
    sectionIterations: run.config.budget.sectionIterations,
  }
}
