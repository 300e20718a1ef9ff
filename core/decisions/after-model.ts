import type { EndedAttempt, Following } from './after-attempt.ts'

/** The longest single wait for a provider, seconds (T13). */
export const PROVIDER_WAIT_MAX = 6 * 3_600

/**
 * What follows when a model could not be had, for the `count`-th time in the turn (T13): the next one
 * of the chain; after the last a wait, then the first again. Undefined when there is no point in it.
 */
export const afterModel = (
  chain: 'next_model' | 'next_model_or_wait',
  { model, models, resetAt, now, retries, waitedSeconds }: EndedAttempt,
  count: number,
): Following | undefined => {
  if (model + 1 < models) return { verdict: 'retry_after', seconds: 1, model: model + 1 }
  if (chain === 'next_model') return undefined
  const left = retries.providerHours * 3_600 - waitedSeconds
  const known = resetAt === undefined ? undefined : Math.max(1, (resetAt - now) / 1000)
  if (left <= 0 || (known ?? 0) > left) return undefined
  const round = Math.ceil(count / Math.max(1, models))
  const seconds = known ?? Math.min(retries.providerSeconds * 2 ** (round - 1), left)
  return { verdict: 'wait', seconds: Math.ceil(Math.min(seconds, PROVIDER_WAIT_MAX)), model: 0 }
}
