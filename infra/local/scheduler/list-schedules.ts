import { z } from 'zod'
import { idOf, type Schedule } from './schedule.ts'
import { seenSummary } from './seen-schedule.ts'

const ListSchedules = z.object({
  ScheduleGroup: z.string().optional(),
  NamePrefix: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED']).optional(),
  MaxResults: z.coerce.number().int().min(1).max(100).default(100),
  NextToken: z.string().optional(),
})

/** ListSchedules: by group and name, page by page. Throws a ZodError. */
export const listSchedules = (schedules: readonly Schedule[], query: URLSearchParams) => {
  const asked = ListSchedules.parse(Object.fromEntries(query))
  const after = asked.NextToken && Buffer.from(asked.NextToken, 'base64url').toString()
  const found = schedules
    .filter(({ group }) => asked.ScheduleGroup === undefined || group === asked.ScheduleGroup)
    .filter(({ name }) => name.startsWith(asked.NamePrefix ?? ''))
    .filter(({ state }) => asked.State === undefined || state === asked.State)
    .filter((schedule) => after === undefined || idOf(schedule) > after)
    .sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
  const page = found.slice(0, asked.MaxResults)
  const last = page.at(-1)
  return {
    Schedules: page.map(seenSummary),
    ...(found.length > page.length &&
      last && { NextToken: Buffer.from(idOf(last)).toString('base64url') }),
  }
}
