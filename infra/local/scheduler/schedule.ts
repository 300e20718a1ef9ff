import { z } from 'zod'

/** What a schedule is, as CreateSchedule and UpdateSchedule give it; instants in epoch milliseconds. */
export const NewSchedule = z.object({
  name: z.string().regex(/^[\w.-]{1,64}$/),
  group: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .default('default'),
  expression: z.string().min(1).max(256),
  zone: z.string().min(1).max(50).default('UTC'),
  state: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  startsAt: z.number().optional(),
  endsAt: z.number().optional(),
  description: z.string().max(512).optional(),
  /** Of the request that made it: the same one again is answered as before. */
  clientToken: z.string().max(64).optional(),
  /** Jitter: it fires within so many minutes from its time on. */
  windowMinutes: z.number().int().min(0).max(1440).default(0),
  target: z.looseObject({
    Arn: z.string(),
    RoleArn: z.string(),
    Input: z.string().optional(),
    RetryPolicy: z
      .object({
        MaximumEventAgeInSeconds: z.number().int().min(60).max(86_400).default(86_400),
        MaximumRetryAttempts: z.number().int().min(0).max(185).default(185),
      })
      .prefault({}),
  }),
})
export type NewSchedule = z.infer<typeof NewSchedule>

/** A schedule on record. */
export const Schedule = z.object({
  ...NewSchedule.shape,
  createdAt: z.number(),
  modifiedAt: z.number(),
  /** All of its times up to here are done with: fired, made up for, or from before it was there. */
  doneUpTo: z.number(),
})
export type Schedule = z.infer<typeof Schedule>

/** What tells schedules apart. */
export const idOf = ({ group, name }: { group: string; name: string }): string => `${group}/${name}`
