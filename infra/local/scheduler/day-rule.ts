import { type CronField, readValue, readValues, wrong } from './cron-field.ts'

/** Which days of a month a schedule fires on; months count from 1. */
export type DayRule = (year: number, month: number) => number[]

/** Of a day-of-month field: values, `L` (last day), `3W` (weekday closest to the 3rd), `LW`. */
export const readDayOfMonth = (text: string): DayRule => {
  const rules = text.split(',').map((item): DayRule => {
    if (/^L$/i.test(item)) return (year, month) => [lastDay(year, month)]
    if (/^LW$/i.test(item))
      return (year, month) => [closestWeekday(year, month, lastDay(year, month))]
    const [, near] = /^(\d+)W$/i.exec(item) ?? []
    const days = near === undefined ? readValues(MONTH_DAYS, item) : [readValue(MONTH_DAYS, near)]
    return (year, month) =>
      days
        .filter((day) => day <= lastDay(year, month))
        .map((day) => (near === undefined ? day : closestWeekday(year, month, day)))
  })
  return anyOf(rules)
}

/** Of a day-of-week field: values, `L` (Saturday), `6L` (the last Friday), `3#2` (the second Tuesday). */
export const readDayOfWeek = (text: string): DayRule => {
  const items = text.split(',')
  if (items.length > 1 && text.includes('#'))
    throw wrong(WEEK_DAYS, text, 'an expression with # stands alone in its field')
  const rules = items.map((item): DayRule => {
    if (/^L$/i.test(item)) return onDays([WEEK_DAYS.max])
    const [, last] = /^(\w+)L$/i.exec(item) ?? []
    if (last !== undefined) {
      const onDay = onDays([readValue(WEEK_DAYS, last)])
      return (year, month) => onDay(year, month).slice(-1)
    }
    const [, day, nth] = /^(\w+)#(.*)$/.exec(item) ?? []
    if (day === undefined) return onDays(readValues(WEEK_DAYS, item))
    if (!/^[1-5]$/.test(nth ?? '')) throw wrong(WEEK_DAYS, item, 'after # comes 1 to 5')
    const onDay = onDays([readValue(WEEK_DAYS, day)])
    return (year, month) => onDay(year, month).slice(Number(nth) - 1, Number(nth))
  })
  return anyOf(rules)
}

const MONTH_DAYS: CronField = { name: 'day-of-month', min: 1, max: 31, steps: true }
const WEEK_DAYS: CronField = {
  name: 'day-of-week',
  min: 1,
  max: 7,
  names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
  steps: false,
}
const SATURDAY = 7
const SUNDAY = 1

const anyOf =
  (rules: readonly DayRule[]): DayRule =>
  (year, month) =>
    [...new Set(rules.flatMap((rule) => rule(year, month)))].sort((a, b) => a - b)

const onDays =
  (days: readonly number[]): DayRule =>
  (year, month) =>
    Array.from({ length: lastDay(year, month) }, (_, n) => n + 1).filter((day) =>
      days.includes(dayOfWeek(year, month, day)),
    )

/** Within the month: from a Saturday the 1st it goes on to the 3rd, from a Sunday the 31st back to the 29th. */
const closestWeekday = (year: number, month: number, day: number): number => {
  const of = dayOfWeek(year, month, day)
  if (of === SATURDAY) return day > 1 ? day - 1 : day + 2
  if (of === SUNDAY) return day < lastDay(year, month) ? day + 1 : day - 2
  return day
}

const lastDay = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate()

const dayOfWeek = (year: number, month: number, day: number): number =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1
