import { type CronField, readValues } from './cron-field.ts'
import { type DayRule, readDayOfMonth, readDayOfWeek } from './day-rule.ts'
import { InvalidSchedule } from './invalid-schedule.ts'

/** A cron expression, read; its values are in ascending order. */
export interface Cron {
  readonly kind: 'cron'
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
  readonly days: DayRule
  readonly months: readonly number[]
  readonly years: readonly number[]
}

/** A schedule's expression, read. */
export type Expression = { readonly kind: 'rate'; readonly everyMs: number } | Cron

/**
 * Reads `rate(value unit)` or `cron(minutes hours day-of-month month day-of-week [year])` as
 * EventBridge Scheduler does (user guide, "Schedule types"). Throws an InvalidSchedule.
 */
export const readExpression = (text: string): Expression => {
  const [, kind, inner = ''] = /^(rate|cron|at)\((.*)\)$/s.exec(text.trim()) ?? []
  if (kind === 'rate') return readRate(inner)
  if (kind === 'cron') return readCron(inner)
  if (kind === 'at') throw new InvalidSchedule('at(…) is not served: a schedule recurs')
  throw new InvalidSchedule(`"${text}": a schedule is rate(…) or cron(…)`)
}

const MINUTE_MS = 60_000
const UNITS: Partial<Record<string, number>> = {
  minute: MINUTE_MS,
  hour: 60 * MINUTE_MS,
  day: 24 * 60 * MINUTE_MS,
}

const readRate = (inner: string): Expression => {
  const [, value, unit = ''] = /^\s*(\S+)\s+(\S+?)s?\s*$/.exec(inner) ?? []
  const unitMs = UNITS[unit]
  if (value === undefined || unitMs === undefined)
    throw new InvalidSchedule(`rate(${inner}): it is a number and minutes, hours or days`)
  if (!/^\d{1,6}$/.test(value) || Number(value) === 0)
    throw new InvalidSchedule(`rate(${inner}): the number is a whole one from 1 to 999999`)
  return { kind: 'rate', everyMs: Number(value) * unitMs }
}

const NAMES = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')
const MINUTES: CronField = { name: 'minutes', min: 0, max: 59, steps: true }
const HOURS: CronField = { name: 'hours', min: 0, max: 23, steps: true }
const MONTHS: CronField = { name: 'month', min: 1, max: 12, names: NAMES, steps: true }
const YEARS: CronField = { name: 'year', min: 1970, max: 2199, steps: true }

const readCron = (inner: string): Expression => {
  const fields = inner.split(/\s+/).filter(Boolean)
  if (fields.length < 5 || fields.length > 6)
    throw new InvalidSchedule(
      `cron(${inner}): it has ${fields.length} fields, not minutes, hours, day-of-month, month, day-of-week and year`,
    )
  const [minutes = '', hours = '', dayOfMonth = '', months = '', dayOfWeek = '', years = '*'] =
    fields
  if ((dayOfMonth === '?') === (dayOfWeek === '?'))
    throw new InvalidSchedule(`cron(${inner}): one of day-of-month and day-of-week is ?, not both`)
  return {
    kind: 'cron',
    minutes: readValues(MINUTES, minutes),
    hours: readValues(HOURS, hours),
    days: dayOfMonth === '?' ? readDayOfWeek(dayOfWeek) : readDayOfMonth(dayOfMonth),
    months: readValues(MONTHS, months),
    years: readValues(YEARS, years),
  }
}
