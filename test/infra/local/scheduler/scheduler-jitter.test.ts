import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aSchedule, openTestScheduler, type TestScheduler } from './open-test-scheduler.ts'

let at: TestScheduler
beforeEach(() => {
  at = openTestScheduler()
})
afterEach(() => at.close())

const started = (...schedules: Parameters<typeof aSchedule>[]) => {
  const scheduler = at.open()
  for (const given of schedules) scheduler.create(aSchedule(...given))
  scheduler.start()
  return scheduler
}

describe('jitter', () => {
  const INPUTS = Array.from({ length: 20 }, (_, n) => `jittered-${n}`)

  test('spreads schedules over their window, and tells the time that they are for', async () => {
    const seconds: number[] = []
    at.target(({ time }) => seconds.push((at.clock.now() - time) / 1000))
    started(
      ...INPUTS.map((name) => [name, 'cron(0 * * * ? *)', { windowMinutes: 10 }] as const).map(
        ([n, e, s]) => [n, e, s] as Parameters<typeof aSchedule>,
      ),
    )
    await at.minutes(71)
    expect(at.fired.sort()).toEqual(INPUTS.map((name) => `${name} 2026-01-01T01:00`).sort())
    expect(Math.min(...seconds)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...seconds)).toBeLessThan(600)
    expect(new Set(seconds).size).toBeGreaterThan(10)
  })

  test('is the same after a restart', async () => {
    const before = started(['steady', 'cron(0 * * * ? *)', { windowMinutes: 30 }])
    await at.minutes(95)
    await before.close()
    const count = at.fired.length
    at.open().start()
    await at.settled()
    expect(at.fired).toHaveLength(count)
  })

  test('of more than the time between two leaves none out, and keeps their order', async () => {
    started(['wide', 'rate(5 minutes)', { windowMinutes: 60 }])
    await at.minutes(60)
    const times = at.fired.map((one) => one.slice(-5))
    expect(times).toEqual(
      Array.from({ length: times.length }, (_, n) => `00:${String(n * 5).padStart(2, '0')}`),
    )
    expect(times.length).toBeGreaterThanOrEqual(11)
  })
})

test('closing waits for what is being fired, and not for the next try', async () => {
  const scheduler = started(['slow', 'cron(0 * * * ? *)'], ['failing', 'cron(0 * * * ? *)'])
  let end = () => {}
  at.target(({ schedule }) => {
    if (schedule.name === 'failing') throw new Error('down')
    return new Promise<void>((resolve) => {
      end = resolve
    })
  })
  await at.minutes(60)
  let closed = false
  const closing = scheduler.close().then(() => {
    closed = true
  })
  await at.settled()
  expect(closed).toBe(false)
  end()
  await closing
  at.target(() => undefined)
  at.open().start()
  await at.settled()
  expect(at.fired.slice(2)).toEqual(['failing 2026-01-01T01:00'])
})
