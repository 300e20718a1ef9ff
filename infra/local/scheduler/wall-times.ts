import type { Cron } from './expression.ts'

/** The times of a cron expression on any wall, from one on, as if they were in UTC. */
export function* wallTimesFrom(cron: Cron, from: number): Generator<number> {
  const { year, month } = monthOf(from)
  for (const y of cron.years.filter((each) => each >= year))
    for (const m of cron.months.filter((each) => y > year || each >= month))
      for (const time of timesOf(cron, y, m)) if (time >= from) yield time
}

/** The same backwards, from one down. */
export function* wallTimesDownFrom(cron: Cron, from: number): Generator<number> {
  const { year, month } = monthOf(from)
  for (const y of cron.years.filter((each) => each <= year).reverse())
    for (const m of cron.months.filter((each) => y < year || each <= month).reverse())
      for (const time of [...timesOf(cron, y, m)].reverse()) if (time <= from) yield time
}

function* timesOf(cron: Cron, year: number, month: number): Generator<number> {
  for (const day of cron.days(year, month))
    for (const hour of cron.hours)
      for (const minute of cron.minutes) yield Date.UTC(year, month - 1, day, hour, minute)
}

const monthOf = (wall: number) => {
  const date = new Date(wall)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 }
}
