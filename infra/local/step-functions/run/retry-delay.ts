import type { Retrier } from '../definition/schema.ts'

/** How long to wait before the next try, in milliseconds, after `done` tries by this retrier. */
export function retryDelay(retrier: Retrier, done: number, random: () => number): number {
  const grown = retrier.IntervalSeconds * retrier.BackoffRate ** done
  const seconds = Math.min(grown, retrier.MaxDelaySeconds ?? 99_999_999)
  return Math.round(1000 * (retrier.JitterStrategy === 'FULL' ? seconds * random() : seconds))
}
