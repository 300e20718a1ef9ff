import { PLACE } from '#infra/local/place.ts'
import { InvalidSchedule } from './invalid-schedule.ts'
import { idOf, type Schedule } from './schedule.ts'

/** One invocation of a schedule's target. */
export interface ScheduledFire {
  readonly schedule: Schedule
  /** The time that it is for: the same when it is invoked again for that (G16). */
  readonly time: number
  /** The target's input, with the time and the attempt where it names them. */
  readonly input: unknown
}

/** ARN of a schedule. */
export const scheduleArn = (schedule: { group: string; name: string }): string =>
  `arn:aws:scheduler:${PLACE.region}:${PLACE.account}:schedule/${idOf(schedule)}`

/**
 * What a target gets: its input, in which `<aws.scheduler.scheduled-time>` and its like are filled in
 * (user guide, "Adding context attributes"). Throws an InvalidSchedule when that is no JSON.
 */
export const inputOf = (schedule: Schedule, time: number, attempt: number): unknown => {
  const filled = (schedule.target.Input ?? '{}')
    .replaceAll('<aws.scheduler.schedule-arn>', scheduleArn(schedule))
    .replaceAll('<aws.scheduler.scheduled-time>', isoSeconds(time))
    .replaceAll('<aws.scheduler.attempt-number>', String(attempt))
  try {
    return JSON.parse(filled)
  } catch {
    throw new InvalidSchedule(`the input of ${schedule.name} is no JSON`)
  }
}

const isoSeconds = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`
