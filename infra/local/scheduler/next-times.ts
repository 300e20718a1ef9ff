import type { Expression } from './expression.ts'
import { firstInstantOf, wallTime } from './wall-clock.ts'
import { wallTimesDownFrom, wallTimesFrom } from './wall-times.ts'

/**
 * The next times of an expression after an instant, in epoch milliseconds; fewer where it ends. A
 * local time that a change of clocks skips does not fire, one that it repeats fires once, the first
 * time. A rate counts from `after`: its days are 24 hours (user guide, "Daylight savings time").
 */
export const nextTimes = (
  expression: Expression,
  zone: string,
  after: number,
  count: number,
): number[] => {
  if (expression.kind === 'rate')
    return Array.from({ length: count }, (_, n) => after + (n + 1) * expression.everyMs)
  const times: number[] = []
  for (const wall of wallTimesFrom(expression, wallTime(after, zone))) {
    const time = firstInstantOf(wall, zone)
    if (time !== undefined && time > after) times.push(time)
    if (times.length === count) break
  }
  return times
}

/** The last time of an expression after one instant and up to another, if there is any. */
export const lastTime = (
  expression: Expression,
  zone: string,
  after: number,
  upTo: number,
): number | undefined => {
  if (expression.kind === 'rate') {
    const { everyMs } = expression
    const periods = Math.floor((upTo - after) / everyMs)
    return periods > 0 ? after + periods * everyMs : undefined
  }
  for (const wall of wallTimesDownFrom(expression, latestWall(upTo, zone))) {
    const time = firstInstantOf(wall, zone)
    if (time === undefined || time > upTo) continue
    return time > after ? time : undefined
  }
  return undefined
}

/** The latest time that a zone's clocks have shown: more than they show, where they went back. */
const latestWall = (instant: number, zone: string): number => {
  const looks = Array.from({ length: LOOKS }, (_, n) => wallTime(instant - n * LOOK_MS, zone))
  return Math.max(...looks) + LOOK_MS
}

/** Changes of clocks are of half an hour to a day. */
const LOOK_MS = 30 * 60_000
const LOOKS = 52
