import { beginning, dueTime } from './due-time.ts'
import { readExpression } from './expression.ts'
import { type FireOptions, fireUntilTaken } from './fire-until-taken.ts'
import { idOf, type NewSchedule, type Schedule } from './schedule.ts'
import { openScheduleFile } from './schedule-file.ts'
import { inputOf } from './scheduled-fire.ts'
import { checkZone } from './wall-clock.ts'

/** Schedules by group and name, fired at their times while it runs. */
export interface Scheduler {
  /** Undefined when there is one of that name. Throws an InvalidSchedule. */
  create(given: NewSchedule): Schedule | undefined
  /** Replaces it; undefined when there is none. Throws an InvalidSchedule. */
  update(given: NewSchedule): Schedule | undefined
  remove(id: string): boolean
  get(id: string): Schedule | undefined
  all(): Schedule[]
  /** Begins to fire: first what was missed while nobody was there, once for each schedule. */
  start(): void
  /** Stops, and waits for what is being fired; what was not taken is fired at the next start. */
  close(): Promise<void>
}

/** The local EventBridge Scheduler, on a file. Each time is fired at least once, one after the other. */
export const openScheduler = (options: FireOptions & { readonly file: string }): Scheduler => {
  const { now, setTimer } = options
  const file = openScheduleFile(options.file)
  const firing = new Map<string, { stop: AbortController; done: Promise<void> }>()
  let running = false
  let cancelTimer = () => {}

  const look = (): void => {
    if (!running) return
    cancelTimer()
    let next = Number.POSITIVE_INFINITY
    for (const schedule of file.all()) {
      if (schedule.state === 'DISABLED' || firing.has(idOf(schedule))) continue
      const due = dueTime(schedule, now())
      if (due?.fire) begin(schedule, due.time)
      else if (due) next = Math.min(next, due.at)
    }
    if (next < Number.POSITIVE_INFINITY) cancelTimer = setTimer(next, look)
  }
  const begin = (schedule: Schedule, time: number): void => {
    const id = idOf(schedule)
    const stop = new AbortController()
    const done = fireUntilTaken(options, schedule, time, stop.signal).then((over) => {
      firing.delete(id)
      const found = file.get(id)
      if (over && found && found.doneUpTo < time) file.save({ ...found, doneUpTo: time })
      look()
    })
    firing.set(id, { stop, done })
  }
  const put = (given: NewSchedule, before: Schedule | undefined): Schedule => {
    readExpression(given.expression)
    checkZone(given.zone)
    const same = before && SAME.every((field) => given[field] === before[field])
    const schedule = {
      ...given,
      createdAt: before?.createdAt ?? now(),
      modifiedAt: now(),
      doneUpTo: same ? before.doneUpTo : beginning(given, now()),
    }
    inputOf(schedule, now(), 1)
    file.save(schedule)
    look()
    return schedule
  }
  return {
    create: (given) => (file.get(idOf(given)) ? undefined : put(given, undefined)),
    update: (given) => {
      const before = file.get(idOf(given))
      return before && put(given, before)
    },
    remove: (id) => {
      firing.get(id)?.stop.abort()
      return file.remove(id)
    },
    get: file.get,
    all: file.all,
    start: () => {
      running = true
      look()
    },
    close: async () => {
      running = false
      cancelTimer()
      for (const { stop } of firing.values()) stop.abort()
      await Promise.all([...firing.values()].map(({ done }) => done))
    },
  }
}

/** What decides when it fires: a change of any of these, or being switched on, begins it anew. */
const SAME = ['expression', 'zone', 'startsAt', 'state'] as const
