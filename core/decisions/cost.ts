import type { Phase } from '#core/contracts/phase.ts'
import type { Usage } from '#core/contracts/usage.ts'

/**
 * What an attempt cost in US dollars (T12): measured where the cost of every model is known; an
 * attempt that never got to its agent cost nothing; any other is taken for the average of its phase,
 * the first ever for 1 usd, never for 0 (G10).
 */
export const attemptCost = (
  usage: Usage,
  attempt: { phase: string; acts: readonly unknown[] },
  average: number | undefined,
): { usd: number; known: boolean } => {
  const models = Object.values(usage)
  const measured = measuredUsd(usage)
  if (models.length > 0 && models.every(({ usd }) => usd !== undefined))
    return { usd: measured, known: true }
  if (attempt.phase === 'prove' || (models.length === 0 && attempt.acts.length === 0))
    return { usd: 0, known: true }
  return { usd: Math.max(measured, average || UNKNOWN_ATTEMPT_USD), known: false }
}

/** What an attempt of each phase costs on average, after more attempts: those whose cost was said. */
export const phaseAverages = (
  before: Partial<Record<Phase, number>>,
  attempts: readonly { phase: Phase; usage: Usage }[],
): Partial<Record<Phase, number>> => {
  const averages = { ...before }
  for (const { phase, usage } of attempts) {
    const said = Object.values(usage)
    if (said.length === 0 || said.some(({ usd }) => usd === undefined)) continue
    const average = averages[phase] ?? measuredUsd(usage)
    averages[phase] = average + (measuredUsd(usage) - average) * AVERAGE_WEIGHT
  }
  return averages
}

/** Weight of the newest in a moving average of costs. */
export const AVERAGE_WEIGHT = 0.3

/** What the agent itself said that it has spent, US dollars. */
export const measuredUsd = (usage: Usage): number =>
  Object.values(usage).reduce((sum, { usd = 0 }) => sum + usd, 0)

/** All tokens that the agent said it has used, of every class and model. */
export const usedTokens = (usage: Usage): number =>
  Object.values(usage)
    .flatMap(({ usd: _, ...tokens }) => Object.values(tokens))
    .reduce((sum, count) => sum + count, 0)

/** What an attempt has spent, and may spend, as far as there are limits (T12). */
export interface Spending {
  readonly usd: number
  readonly usdLeft: number
  readonly tokens: number
  readonly tokensLeft: number | undefined
}

/** How much of what it may spend an attempt has spent: at 1 it must end. */
export const spentShare = ({ usd, usdLeft, tokens, tokensLeft }: Spending): number =>
  Math.max(shareOf(usd, usdLeft), tokensLeft === undefined ? 0 : shareOf(tokens, tokensLeft))

const shareOf = (spent: number, left: number): number => {
  if (spent <= 0) return 0
  return left > 0 ? spent / left : 1
}

const UNKNOWN_ATTEMPT_USD = 1
