import { InvalidSchedule } from './invalid-schedule.ts'

/** What clocks on the wall of a zone show, as if they were in UTC: milliseconds, whole seconds. */
export const wallTime = (instant: number, zone: string): number => {
  const parts = clockOf(zone).formatToParts(instant)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
}

/**
 * The first instant at which a zone's clocks show this time; undefined when they skip it. A time that
 * they show twice is its first: EventBridge Scheduler fires "before the shift occurs".
 */
export const firstInstantOf = (wall: number, zone: string): number | undefined => {
  // The offset before and after whatever change of clocks is near; no zone is further off than 14 h.
  const candidates = [-NEAR_MS, NEAR_MS].map((near) => {
    const instant = wall + near
    return wall - (wallTime(instant, zone) - instant)
  })
  return candidates.sort((a, b) => a - b).find((instant) => wallTime(instant, zone) === wall)
}

/** Throws an InvalidSchedule when this is no zone of the IANA database. */
export const checkZone = (zone: string): void => {
  clockOf(zone)
}

const NEAR_MS = 26 * 3_600_000

const clocks = new Map<string, Intl.DateTimeFormat>()

const clockOf = (zone: string): Intl.DateTimeFormat => {
  const known = clocks.get(zone)
  if (known) return known
  const clock = newClock(zone)
  clocks.set(zone, clock)
  return clock
}

const newClock = (zone: string): Intl.DateTimeFormat => {
  try {
    if (/^[+-]/.test(zone)) throw new RangeError('an offset')
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      calendar: 'iso8601',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    throw new InvalidSchedule(`"${zone}" is no time zone of the IANA database`)
  }
}
