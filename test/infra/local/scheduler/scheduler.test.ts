import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PlaneError } from '#infra/local/plane-error.ts'
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

describe('a schedule', () => {
  test('fires at its times, once each', async () => {
    started(['daily', 'cron(30 8 * * ? *)'], ['hourly', 'cron(0 * * * ? *)'])
    await at.minutes(60 * 10)
    expect(at.fired.filter((one) => one.startsWith('daily'))).toEqual(['daily 2026-01-01T08:30'])
    expect(at.fired.filter((one) => one.startsWith('hourly'))).toHaveLength(10)
    await at.minutes(60 * 24)
    expect(at.fired.filter((one) => one.startsWith('daily'))).toHaveLength(2)
  })

  test('fires in its zone', async () => {
    started(['tokyo', 'cron(0 9 * * ? *)', { zone: 'Asia/Tokyo' }])
    await at.minutes(60 * 24)
    expect(at.fired).toEqual(['tokyo 2026-01-02T00:00'])
  })

  test('fires at no time that was before it was there', async () => {
    at.clock.jump(3 * 3600)
    started(['noon', 'cron(0 0,12 * * ? *)'])
    await at.minutes(60 * 10)
    expect(at.fired).toEqual(['noon 2026-01-01T12:00'])
  })

  test('fires neither before its start nor after its end', async () => {
    started([
      'bound',
      'cron(0 * * * ? *)',
      {
        startsAt: Date.parse('2026-01-01T03:00:00Z'),
        endsAt: Date.parse('2026-01-01T05:00:00Z'),
      },
    ])
    await at.minutes(60 * 24)
    expect(at.fired).toEqual([
      'bound 2026-01-01T03:00',
      'bound 2026-01-01T04:00',
      'bound 2026-01-01T05:00',
    ])
  })

  test('fires no more when it is removed, or switched off', async () => {
    const scheduler = started(['gone', 'cron(0 * * * ? *)'], ['off', 'cron(0 * * * ? *)'])
    await at.minutes(60)
    expect(scheduler.remove('default/gone')).toBe(true)
    expect(scheduler.remove('default/gone')).toBe(false)
    scheduler.update(aSchedule('off', 'cron(0 * * * ? *)', { state: 'DISABLED' }))
    await at.minutes(60 * 5)
    expect(at.fired).toEqual(['gone 2026-01-01T01:00', 'off 2026-01-01T01:00'])
  })

  test('does not make up for what it missed while it was switched off', async () => {
    const scheduler = started(['off', 'cron(0 * * * ? *)', { state: 'DISABLED' }])
    await at.minutes(60 * 5 + 30)
    scheduler.update(aSchedule('off', 'cron(0 * * * ? *)'))
    await at.minutes(60)
    expect(at.fired).toEqual(['off 2026-01-01T06:00'])
  })

  test('fires by its new expression from when it is changed, and goes on where it is not', async () => {
    const scheduler = started(['changed', 'cron(0 * * * ? *)'], ['same', 'rate(3 hours)'])
    await at.minutes(90)
    scheduler.update(aSchedule('changed', 'cron(45 * * * ? *)'))
    scheduler.update(aSchedule('same', 'rate(3 hours)', { description: 'as it was' }))
    await at.minutes(120)
    expect(at.fired).toEqual([
      'same 2026-01-01T00:00',
      'changed 2026-01-01T01:00',
      'changed 2026-01-01T01:45',
      'changed 2026-01-01T02:45',
      'same 2026-01-01T03:00',
    ])
  })

  test.each([
    ['cron(0 12 * * * *)', {}, /one of day-of-month/],
    ['rate(5 minutes)', { zone: 'Mars/Olympus' }, /no time zone/],
    [
      'rate(5 minutes)',
      { target: { ...aSchedule('x', 'x').target, Input: '{"a":' } },
      /is no JSON/,
    ],
  ])('of %s %j is refused and not kept', (expression, set, reason) => {
    const scheduler = started()
    expect(() => scheduler.create(aSchedule('wrong', expression, set))).toThrow(reason)
    expect(scheduler.all()).toEqual([])
  })
})

describe('a rate', () => {
  test('begins at once, and counts from there', async () => {
    at.clock.jump(40)
    started(['rate', 'rate(5 minutes)'])
    await at.minutes(11)
    expect(at.fired).toEqual([
      'rate 2026-01-01T00:00',
      'rate 2026-01-01T00:05',
      'rate 2026-01-01T00:10',
    ])
  })

  test.each([
    ['2026-01-01T00:07:00Z', ['2026-01-01T00:07', '2026-01-01T00:17']],
    ['2025-12-31T23:57:00Z', ['2026-01-01T00:07', '2026-01-01T00:17']],
    ['2026-01-01T00:00:00Z', ['2026-01-01T00:00', '2026-01-01T00:10', '2026-01-01T00:20']],
  ])('that starts at %s fires in step with that', async (start, times) => {
    started(['rate', 'rate(10 minutes)', { startsAt: Date.parse(start) }])
    await at.minutes(20)
    expect(at.fired).toEqual(times.map((time) => `rate ${time}`))
  })
})

describe('while nobody is there', () => {
  test('what is missed is made up for once, as the last of it (G17)', async () => {
    const before = started(['hourly', 'cron(0 * * * ? *)'], ['weekly', 'cron(0 0 ? * MON *)'])
    await at.minutes(61)
    await before.close()
    at.clock.jump(5 * 3600)
    at.open().start()
    await at.minutes(60)
    expect(at.fired).toEqual([
      'hourly 2026-01-01T01:00',
      'hourly 2026-01-01T06:00',
      'hourly 2026-01-01T07:00',
    ])
  })

  test('nothing is missed where nothing was due', async () => {
    const before = started(['daily', 'cron(0 12 * * ? *)'])
    await before.close()
    at.clock.jump(11 * 3600)
    at.open().start()
    await at.settled()
    expect(at.fired).toEqual([])
  })

  test('a fire whose end was not written down is fired again, for the same time (G16)', async () => {
    const before = started(['hourly', 'cron(0 * * * ? *)'])
    at.target(() => new Promise(() => undefined))
    await at.minutes(60)
    before.remove('nothing')
    at.target(() => undefined)
    at.open().start()
    await at.settled()
    expect(at.fired).toEqual(['hourly 2026-01-01T01:00', 'hourly 2026-01-01T01:00'])
  })

  test('a machine that slept makes up once, too', async () => {
    started(['often', 'rate(1 minute)'])
    await at.minutes(2)
    at.clock.jump(3600)
    await at.minutes(1)
    expect(at.fired.slice(3)).toEqual(['often 2026-01-01T01:02', 'often 2026-01-01T01:03'])
  })

  test('schedules are kept, and a file that cannot be read is not taken for none', async () => {
    await started(['kept', 'cron(0 * * * ? *)']).close()
    expect(at.open().all()).toMatchObject([{ name: 'kept', zone: 'UTC' }])
    writeFileSync(at.file, readFileSync(at.file, 'utf8').slice(0, -5))
    expect(at.open).toThrow(PlaneError)
  })
})

describe('a target', () => {
  test('that fails is asked again, later and later, for the same time', async () => {
    let left = 3
    at.target(() => {
      left -= 1
      if (left >= 0) throw new Error('busy')
    })
    started(['retried', 'cron(0 * * * ? *)'])
    await at.minutes(60)
    const before = at.clock.now()
    await at.minutes(1)
    expect(at.fired).toEqual(Array(4).fill('retried 2026-01-01T01:00'))
    expect(at.failures).toHaveLength(3)
    expect(at.clock.now() - before).toBe(60_000)
    await at.minutes(60)
    expect(at.fired).toHaveLength(5)
  })

  test('that fails for longer than its policy is given up for that time, not for the next', async () => {
    at.target(() => {
      throw new Error('down')
    })
    const RetryPolicy = { MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 3 }
    const target = { ...aSchedule('x', 'x').target, RetryPolicy }
    started(['failing', 'cron(0 * * * ? *)', { target }])
    await at.minutes(119)
    expect(at.fired).toEqual(Array(4).fill('failing 2026-01-01T01:00'))
    await at.minutes(1)
    expect(at.fired.at(-1)).toBe('failing 2026-01-01T02:00')
  })

  test('that hangs holds up its own schedule only', async () => {
    at.target(({ schedule }) =>
      schedule.name === 'hangs' ? new Promise(() => undefined) : undefined,
    )
    started(['hangs', 'cron(0 * * * ? *)'], ['goes-on', 'cron(0 * * * ? *)'])
    await at.minutes(60 * 3)
    expect(at.fired.filter((one) => one.startsWith('hangs'))).toHaveLength(1)
    expect(at.fired.filter((one) => one.startsWith('goes-on'))).toHaveLength(3)
  })

  test('gets its input with the scheduled time and the attempt where it names them', async () => {
    const inputs: unknown[] = []
    at.target(({ input }) => {
      inputs.push(input)
      if (inputs.length === 1) throw new Error('again')
    })
    const Input = JSON.stringify({
      projectId: 'p',
      scheduledTime: '<aws.scheduler.scheduled-time>',
      attempt: '<aws.scheduler.attempt-number>',
      schedule: '<aws.scheduler.schedule-arn>',
    })
    const target = { ...aSchedule('x', 'x').target, Input }
    started(['told', 'cron(0 * * * ? *)', { target }])
    await at.minutes(61)
    const schedule = 'arn:aws:scheduler:local:000000000000:schedule/default/told'
    const told = { projectId: 'p', scheduledTime: '2026-01-01T01:00:00Z', schedule }
    expect(inputs).toEqual([
      { ...told, attempt: '1' },
      { ...told, attempt: '2' },
    ])
  })
})
