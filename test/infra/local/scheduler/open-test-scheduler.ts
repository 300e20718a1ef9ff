import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NewSchedule } from '#infra/local/scheduler/schedule.ts'
import type { ScheduledFire } from '#infra/local/scheduler/scheduled-fire.ts'
import { openScheduler, type Scheduler } from '#infra/local/scheduler/scheduler.ts'
import { pass, settled, virtualClock } from '../step-functions/virtual-clock.ts'

/** A schedule as the wire would give it. */
export const aSchedule = (name: string, expression: string, set: Partial<NewSchedule> = {}) =>
  NewSchedule.parse({
    name,
    expression,
    target: {
      Arn: 'arn:aws:lambda:local:000000000000:function:fire',
      RoleArn: 'arn:aws:iam::000000000000:role/fire',
    },
    ...set,
  })

/** A scheduler on a temporary file and a clock that stands still at 2026-01-01T00:00 until it is moved. */
export const openTestScheduler = (start = '2026-01-01T00:00:00Z') => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-schedules-'))
  const file = join(folder, 'schedules.json')
  const clock = virtualClock(Date.parse(start))
  const fired: string[] = []
  const failures: string[] = []
  let take: (fire: ScheduledFire) => unknown = () => undefined
  const fire = async (one: ScheduledFire) => {
    fired.push(`${one.schedule.name} ${new Date(one.time).toISOString().slice(0, 16)}`)
    await take(one)
  }
  const open = (): Scheduler =>
    openScheduler({ ...clock, file, fire, failed: (id, error) => failures.push(`${id} ${error}`) })
  return {
    file,
    clock,
    open,
    /** What was fired so far: the schedule's name, and the time that it was for. */
    fired,
    failures,
    /** What the target does from now on. */
    target: (does: (fire: ScheduledFire) => unknown) => {
      take = does
    },
    settled,
    /** Moves time on, and runs what is due at its end, too. */
    minutes: async (count: number) => {
      await pass(clock, count * 60)
      while (clock.next(clock.now())) await settled()
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export type TestScheduler = ReturnType<typeof openTestScheduler>
