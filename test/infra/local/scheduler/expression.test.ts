import { describe, expect, test } from 'vitest'
import { readExpression } from '#infra/local/scheduler/expression.ts'
import { InvalidSchedule } from '#infra/local/scheduler/invalid-schedule.ts'
import { nextTimes } from '#infra/local/scheduler/next-times.ts'
import { checkZone } from '#infra/local/scheduler/wall-clock.ts'

describe('an expression that cannot be meant is refused with its reason', () => {
  test.each([
    ['', /a schedule is rate\(…\) or cron\(…\)/],
    ['5 minutes', /a schedule is rate/],
    ['0 12 * * ? *', /a schedule is rate/],
    ['RATE(5 minutes)', /a schedule is rate/],
    ['cron(0 12 * * ? *', /a schedule is rate/],
    ['at(2026-01-01T00:00:00)', /at\(…\) is not served/],
    ['rate()', /it is a number and minutes, hours or days/],
    ['rate(5)', /it is a number and minutes, hours or days/],
    ['rate(minutes 5)', /it is a number and minutes, hours or days/],
    ['rate(5 seconds)', /it is a number and minutes, hours or days/],
    ['rate(5 weeks)', /it is a number and minutes, hours or days/],
    ['rate(0 minutes)', /a whole one from 1/],
    ['rate(-5 minutes)', /a whole one from 1/],
    ['rate(1.5 hours)', /a whole one from 1/],
    ['rate(1e3 hours)', /a whole one from 1/],
    ['cron()', /it has 0 fields/],
    ['cron(0 12 * *)', /it has 4 fields/],
    ['cron(0 0 12 * * ? *)', /it has 7 fields/],
    ['cron(0 12 * * * *)', /one of day-of-month and day-of-week is \?/],
    ['cron(0 12 ? * ? *)', /one of day-of-month and day-of-week is \?/],
    ['cron(0 12 1 * MON *)', /one of day-of-month and day-of-week is \?/],
    ['cron(60 12 * * ? *)', /minutes "60": it takes 0 to 59/],
    ['cron(-1 12 * * ? *)', /minutes "-1"/],
    ['cron(0 24 * * ? *)', /hours "24": it takes 0 to 23/],
    ['cron(0 12 0 * ? *)', /day-of-month "0": it takes 1 to 31/],
    ['cron(0 12 32 * ? *)', /day-of-month "32"/],
    ['cron(0 12 32W * ? *)', /day-of-month "32": it takes 1 to 31/],
    ['cron(0 12 L-3 * ? *)', /day-of-month "L": it takes 1 to 31/],
    ['cron(0 12 W * ? *)', /day-of-month "W"/],
    ['cron(0 12 * 13 ? *)', /month "13": it takes 1 to 12 or JAN to DEC/],
    ['cron(0 12 * JANUARY ? *)', /month "JANUARY"/],
    ['cron(0 12 ? * 0 *)', /day-of-week "0": it takes 1 to 7 or SUN to SAT/],
    ['cron(0 12 ? * 8 *)', /day-of-week "8"/],
    ['cron(0 12 ? * MONDAY *)', /day-of-week "MONDAY"/],
    ['cron(0 12 ? * 2/2 *)', /day-of-week "2\/2": it takes no steps/],
    ['cron(0 12 ? * 3#6 *)', /after # comes 1 to 5/],
    ['cron(0 12 ? * 3#0 *)', /after # comes 1 to 5/],
    ['cron(0 12 ? * 3# *)', /after # comes 1 to 5/],
    ['cron(0 12 ? * 3#1,6#3 *)', /an expression with # stands alone/],
    ['cron(0 12 ? * 2W *)', /day-of-week "2W"/],
    ['cron(0 12 * * ? 1969)', /year "1969": it takes 1970 to 2199/],
    ['cron(0 12 * * ? 2200)', /year "2200"/],
    ['cron(0 12 L L ? *)', /month "L"/],
    ['cron(L 12 * * ? *)', /minutes "L"/],
    ['cron(? 12 * * ? *)', /minutes "\?"/],
    ['cron(0 12 ? ? 1 *)', /month "\?"/],
    ['cron(0 17-8 * * ? *)', /hours "17-8": the range runs backwards/],
    ['cron(0 12 ? * FRI-MON *)', /day-of-week "FRI-MON": the range runs backwards/],
    ['cron(0/0 12 * * ? *)', /a step is 1 to 59/],
    ['cron(0/60 12 * * ? *)', /a step is 1 to 59/],
    ['cron(0/x 12 * * ? *)', /a step is 1 to 59/],
    ['cron(0//5 12 * * ? *)', /minutes "0\/\/5"/],
    ['cron(*-5 12 * * ? *)', /minutes "\*-5"/],
    ['cron(1-2-3 12 * * ? *)', /minutes "1-2-3"/],
    ['cron(1, 12 * * ? *)', /minutes "": that is no value/],
    ['cron(, 12 * * ? *)', /minutes "": that is no value/],
    ['cron(5+5 12 * * ? *)', /minutes "5\+5"/],
    ['cron(0x5 12 * * ? *)', /minutes "0x5"/],
  ])('%s', (expression, reason) => {
    expect(() => readExpression(expression)).toThrow(InvalidSchedule)
    expect(() => readExpression(expression)).toThrow(reason)
  })
})

test.each([
  ['cron(0 12 ? * mon-fri *)', 'cron(0 12 ? * MON-FRI *)'],
  ['cron(00 09 01 jan ? *)', 'cron(0 9 1 1 ? *)'],
  ['  cron( 0  12 *\t* ? * ) ', 'cron(0 12 * * ? *)'],
  ['cron(0 12 * * ?)', 'cron(0 12 * * ? *)'],
  ['rate( 5   minutes )', 'rate(5 minutes)'],
  ['rate(60 minutes)', 'rate(1 hour)'],
  ['rate(1 days)', 'rate(24 hours)'],
])('%s means %s', (expression, same) => {
  const next = (text: string) => nextTimes(readExpression(text), 'UTC', 0, 9)
  expect(next(expression)).toEqual(next(same))
})

test.each(['Mars/Olympus', '', '+02:00', '-05', 'Europe/'])('%j is refused as a zone', (zone) => {
  expect(() => checkZone(zone)).toThrow(`"${zone}" is no time zone of the IANA database`)
})

test.each(['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Apia'])('%s is a zone', (zone) => {
  expect(() => checkZone(zone)).not.toThrow()
})
