import { createHash } from 'node:crypto'
import { type Expression, readExpression } from './expression.ts'
import { lastTime, nextTimes } from './next-times.ts'
import { idOf, type Schedule } from './schedule.ts'

/** What a schedule has to do: fire for a time that has come, or wait. Undefined: nothing, ever. */
export type Due =
  | { readonly fire: true; readonly time: number }
  | { readonly fire: false; readonly at: number }

/**
 * Of the times that passed while nobody was there only the last is made up for; else the next one is
 * waited for, and its jitter.
 */
export const dueTime = (schedule: Schedule, now: number): Due | undefined => {
  const { zone, doneUpTo, endsAt = Number.POSITIVE_INFINITY } = schedule
  const expression = readExpression(schedule.expression)
  const [next] = nextTimes(expression, zone, doneUpTo, 1)
  if (next === undefined || next > endsAt) return undefined
  const first = firesAt(schedule, expression, next)
  if (first > now) return { fire: false, at: first }
  const last = lastTime(expression, zone, next, Math.min(now, endsAt)) ?? next
  const early = last > next && firesAt(schedule, expression, last) > now
  const before = early ? lastTime(expression, zone, next, last - 1) : last
  return { fire: true, time: before ?? next }
}

/**
 * Where a schedule that is new, or has another expression, begins: with what comes after now or its
 * start. A rate begins at its start itself, without one at once (user guide, "Rate-based schedules").
 */
export const beginning = (
  schedule: Pick<Schedule, 'expression' | 'startsAt'>,
  now: number,
): number => {
  const expression = readExpression(schedule.expression)
  const { startsAt } = schedule
  if (expression.kind === 'cron') return Math.max(now, (startsAt ?? 0) - 1)
  const first = toMinute(startsAt ?? now)
  const passed = first > now ? 0 : Math.ceil((toMinute(now) - first) / expression.everyMs)
  return first + (passed - 1) * expression.everyMs
}

/**
 * Some time in a schedule's window, the same whenever it is asked for, and before the time that is
 * next: jitter changes no order.
 */
const firesAt = (schedule: Schedule, expression: Expression, time: number): number => {
  if (schedule.windowMinutes === 0) return time
  const [next = Number.POSITIVE_INFINITY] = nextTimes(expression, schedule.zone, time, 1)
  const hash = createHash('sha256')
    .update(`${idOf(schedule)}#${time}`)
    .digest()
  const share = hash.readUInt32BE() / 2 ** 32
  return time + Math.floor(share * Math.min(schedule.windowMinutes * 60_000, next - time))
}

const toMinute = (instant: number): number => Math.floor(instant / 60_000) * 60_000
