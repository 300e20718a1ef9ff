import { z } from 'zod'
import { Position } from './position.ts'

const json = <T extends z.ZodType>(schema: T) =>
  z.string().transform((text): z.output<T> => schema.parse(JSON.parse(text)))

/** One execution as it is stored: times in milliseconds, `input` and `output` as JSON texts. */
export const Execution = z.strictObject({
  id: z.int(),
  machine: z.string(),
  version: z.int(),
  /** Whether it was started by the ARN of a version. */
  pinned: z.int().transform(Boolean),
  name: z.string(),
  status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']),
  input: z.string(),
  output: z.string().nullable(),
  error: z.string().nullable(),
  cause: z.string().nullable(),
  started: z.number(),
  stopped: z.number().nullable(),
  /** The token of the task that started it, for an execution started by another. */
  startedBy: z.string().nullable(),
  /** When the whole execution times out. */
  deadline: z.number().nullable(),
  /** When the next heartbeat is due, and how many seconds each one buys. */
  beatDue: z.number().nullable(),
  beatSeconds: z.number().nullable(),
  position: json(Position),
  variables: json(z.record(z.string(), z.unknown())),
  lastEvent: z.int(),
  /** The event that the next one follows; 0 before the first state, as AWS counts. */
  previousEvent: z.int(),
})
export type Execution = z.output<typeof Execution>
