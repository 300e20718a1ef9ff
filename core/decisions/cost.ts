import type { Usage } from '#core/contracts/usage.ts'

/**
 * What an attempt cost in US dollars (T12): measured where the cost of every model is known; an
 * attempt that never got to its agent cost nothing; any other is taken for 1 usd, never for 0 (G10).
 */
export const attemptCost = (
  usage: Usage,
  attempt: { phase: string; acts: readonly unknown[] },
): { usd: number; known: boolean } => {
  const models = Object.values(usage)
  const measured = measuredUsd(usage)
  if (models.length > 0 && models.every(({ usd }) => usd !== undefined))
    return { usd: measured, known: true }
  if (attempt.phase === 'prove' || (models.length === 0 && attempt.acts.length === 0))
    return { usd: 0, known: true }
  return { usd: Math.max(measured, UNKNOWN_ATTEMPT_USD), known: false }
}

/** What the agent itself said that it has spent, US dollars. */
export const measuredUsd = (usage: Usage): number =>
  Object.values(usage).reduce((sum, { usd = 0 }) => sum + usd, 0)

const UNKNOWN_ATTEMPT_USD = 1
