import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readExpression } from '#infra/local/scheduler/expression.ts'
import { lastTime, nextTimes } from '#infra/local/scheduler/next-times.ts'
import { firstInstantOf, wallTime } from '#infra/local/scheduler/wall-clock.ts'

const rows = readFileSync(join(import.meta.dirname, 'next-times.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [expression = '', zone = '', after = '', times = ''] = line.split(' | ')
    const listed = times.trim().split(' ')
    return {
      expression: expression.trim(),
      zone: zone.trim(),
      after,
      times: listed.filter((time) => time !== 'END'),
      ends: listed.at(-1) === 'END',
    }
  })

const utc = (time: string): number => Date.parse(`${time}Z`)
const written = (time: number | undefined) =>
  time === undefined ? undefined : new Date(time).toISOString().slice(0, 16)

describe('the next times of an expression are those of EventBridge Scheduler', () => {
  test.each(rows)(
    '$expression in $zone after $after',
    ({ expression, zone, after, times, ends }) => {
      const count = times.length + (ends ? 1 : 0)
      const next = nextTimes(readExpression(expression), zone, utc(after), count)
      expect(next.map(written)).toEqual(times)
    },
  )

  test.each([
    ['rate(1 minute)', ['00:01', '00:02']],
    ['rate(5 minutes)', ['00:05', '00:10']],
    ['rate(1 hours)', ['01:00', '02:00']],
  ])('%s counts from the time before', (expression, times) => {
    const next = nextTimes(readExpression(expression), 'UTC', utc('2026-01-01T00:00'), 2)
    expect(next.map(written)).toEqual(times.map((time) => `2026-01-01T${time}`))
  })

  test('a day of a rate is 24 hours, also where the clocks change', () => {
    const zone = 'America/Los_Angeles'
    const next = nextTimes(readExpression('rate(1 days)'), zone, utc('2026-03-07T10:30'), 2)
    expect(next.map(written)).toEqual(['2026-03-08T10:30', '2026-03-09T10:30'])
  })
})

describe('the last time up to an instant', () => {
  test.each(rows.filter(({ times }) => times.length > 0))(
    'of $expression in $zone is the last of the next ones',
    ({ expression, zone, after, times }) => {
      const last = (upTo: number) =>
        written(lastTime(readExpression(expression), zone, utc(after), upTo))
      const instants = times.map(utc)
      for (const [index, instant] of instants.entries()) {
        expect(last(instant)).toBe(times[index])
        expect(last(instant + 59_999)).toBe(times[index])
        expect(last(instant - 1)).toBe(times[index - 1])
      }
    },
  )

  test.each([
    ['rate(7 minutes)', '2026-01-01T00:00', '2026-01-01T00:06', undefined],
    ['rate(7 minutes)', '2026-01-01T00:00', '2026-01-01T00:07', '2026-01-01T00:07'],
    ['rate(7 minutes)', '2016-01-01T00:00', '2026-01-01T00:00', '2025-12-31T23:58'],
    ['cron(* * * * ? *)', '1999-01-01T00:00', '2026-01-01T00:00', '2026-01-01T00:00'],
    ['cron(0 0 1 1 ? 2000)', '1999-01-01T00:00', '2026-01-01T00:00', '2000-01-01T00:00'],
  ])('of %s after %s and up to %s is %s', (expression, after, upTo, time) => {
    const last = lastTime(readExpression(expression), 'UTC', utc(after), utc(upTo))
    expect(written(last)).toBe(time)
  })
})

const ZONES = [
  'America/Los_Angeles',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Africa/Casablanca',
  'Asia/Kathmandu',
]

test('an instant is the first of its wall time, or its wall time was shown before', () => {
  const instants = fc.integer({
    min: utc('2024-01-01T00:00') / 60_000,
    max: utc('2028-01-01T00:00') / 60_000,
  })
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), instants, (zone, minute) => {
      const instant = minute * 60_000
      const first = firstInstantOf(wallTime(instant, zone), zone)
      expect(first).toBeDefined()
      expect(first).toBeLessThanOrEqual(instant)
      expect(instant - (first ?? 0)).toBeLessThanOrEqual(2 * 3_600_000)
    }),
  )
})
