import { InvalidSchedule } from './invalid-schedule.ts'

/** One of the fields of a cron expression, by the table of EventBridge Scheduler's user guide. */
export interface CronField {
  readonly name: string
  readonly min: number
  readonly max: number
  /** Names of the values from `min` on. */
  readonly names?: readonly string[]
  /** Whether it takes `/`: all but the day of the week do. */
  readonly steps: boolean
}

/** The values of a field's list of `*`, values, ranges and steps. Throws an InvalidSchedule. */
export const readValues = (field: CronField, text: string): number[] => {
  const values = text.split(',').flatMap((item) => readItem(field, item))
  return [...new Set(values)].sort((a, b) => a - b)
}

/** One value, as a number or a name. Throws an InvalidSchedule. */
export const readValue = (field: CronField, text: string): number => {
  const named = field.names?.indexOf(text.toUpperCase()) ?? -1
  const value = named >= 0 ? named + field.min : /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= field.min && value <= field.max) return value
  const names = field.names ? ` or ${field.names[0]} to ${field.names.at(-1)}` : ''
  throw wrong(field, text, `it takes ${field.min} to ${field.max}${names}`)
}

/** What is wrong with a field. */
export const wrong = ({ name }: CronField, text: string, why: string): InvalidSchedule =>
  new InvalidSchedule(`${name} "${text}": ${why}`)

const readItem = (field: CronField, item: string): number[] => {
  const [, from, to, step] = /^(\*|[^*/-]+)(?:-([^*/-]+))?(?:\/(.+))?$/.exec(item) ?? []
  if (from === undefined || (from === '*' && to !== undefined))
    throw wrong(field, item, 'that is no value, range, step or list')
  const first = from === '*' ? field.min : readValue(field, from)
  const open = from === '*' || step !== undefined ? field.max : first
  const last = to === undefined ? open : readValue(field, to)
  if (last < first) throw wrong(field, item, 'the range runs backwards')
  const size = step === undefined ? 1 : readStep(field, item, step)
  return Array.from({ length: Math.floor((last - first) / size) + 1 }, (_, n) => first + n * size)
}

const readStep = (field: CronField, item: string, step: string): number => {
  if (!field.steps) throw wrong(field, item, 'it takes no steps')
  const size = Number(step)
  if (!/^\d+$/.test(step) || size < 1 || size > field.max - field.min)
    throw wrong(field, item, `a step is 1 to ${field.max - field.min}`)
  return size
}
