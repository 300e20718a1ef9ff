import { z } from 'zod'
import { NewSchedule } from './schedule.ts'

/** The body of CreateSchedule and UpdateSchedule. What is not served here is refused by its name. */
const ScheduleRequest = z.strictObject({
  GroupName: z.string().optional(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().optional(),
  State: z.string().optional(),
  /** Seconds since the epoch. */
  StartDate: z.number().optional(),
  EndDate: z.number().optional(),
  Description: z.string().optional(),
  ClientToken: z.string().optional(),
  ActionAfterCompletion: z.literal('NONE').optional(),
  FlexibleTimeWindow: z.discriminatedUnion('Mode', [
    z.strictObject({ Mode: z.literal('OFF') }),
    z.strictObject({
      Mode: z.literal('FLEXIBLE'),
      MaximumWindowInMinutes: z.number().int().min(1).max(1440),
    }),
  ]),
  Target: z.unknown(),
})

/** Reads a request for a schedule. Throws a ZodError. */
export const readScheduleRequest = (name: string, body: unknown): NewSchedule => {
  const request = ScheduleRequest.parse(body)
  const { FlexibleTimeWindow: window, StartDate, EndDate } = request
  return NewSchedule.parse({
    name,
    group: request.GroupName,
    expression: request.ScheduleExpression,
    zone: request.ScheduleExpressionTimezone,
    state: request.State,
    startsAt: StartDate === undefined ? undefined : StartDate * 1000,
    endsAt: EndDate === undefined ? undefined : EndDate * 1000,
    description: request.Description,
    clientToken: request.ClientToken,
    windowMinutes: window.Mode === 'FLEXIBLE' ? window.MaximumWindowInMinutes : 0,
    target: request.Target,
  })
}
