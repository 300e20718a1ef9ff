import type { Schedule } from './schedule.ts'
import { scheduleArn } from './scheduled-fire.ts'

/** A schedule as GetSchedule shows it; times in seconds since the epoch. */
export const seenSchedule = (schedule: Schedule) => ({
  ...seenSummary(schedule),
  ScheduleExpression: schedule.expression,
  ScheduleExpressionTimezone: schedule.zone,
  StartDate: seconds(schedule.startsAt),
  EndDate: seconds(schedule.endsAt),
  Description: schedule.description,
  FlexibleTimeWindow:
    schedule.windowMinutes === 0
      ? { Mode: 'OFF' }
      : { Mode: 'FLEXIBLE', MaximumWindowInMinutes: schedule.windowMinutes },
  ActionAfterCompletion: 'NONE',
  Target: schedule.target,
})

/** A schedule as ListSchedules shows it. */
export const seenSummary = (schedule: Schedule) => ({
  Arn: scheduleArn(schedule),
  Name: schedule.name,
  GroupName: schedule.group,
  State: schedule.state,
  CreationDate: seconds(schedule.createdAt),
  LastModificationDate: seconds(schedule.modifiedAt),
  Target: { Arn: schedule.target.Arn },
})

const seconds = (instant: number | undefined): number | undefined =>
  instant === undefined ? undefined : instant / 1000
