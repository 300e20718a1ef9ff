import type { Attempt } from '#core/contracts/attempt.ts'
import type { Run } from '#core/contracts/run.ts'
import type { Usage } from '#core/contracts/usage.ts'
import { attemptCost, usedTokens } from '#core/decisions/cost.ts'
import type { Store } from '#functions/store/store.ts'

/** What an attempt that ends has cost, and what its run has spent with it (T12). */
export const spentBy = async (
  store: Store,
  run: Run,
  attempt: Attempt,
  usage: Usage = attempt.usage,
): Promise<{ usd: number; set: Pick<Run, 'usd' | 'tokens' | 'usdEstimated'> }> => {
  const project = await store.projects.get(run.projectId)
  const { usd, known } = attemptCost(usage, attempt, project?.phaseUsd[attempt.phase])
  return {
    usd,
    set: {
      usd: run.usd + usd,
      tokens: run.tokens + usedTokens(usage),
      usdEstimated: run.usdEstimated || !known,
    },
  }
}
