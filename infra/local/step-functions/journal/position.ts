import { z } from 'zod'

/** How a task ended. A missed heartbeat is AWS's `States.Timeout`, and answers to its own name as well. */
export type Outcome = z.infer<typeof Outcome>
export const Outcome = z.union([
  z.strictObject({ result: z.unknown() }),
  z.strictObject({
    error: z.string().optional(),
    cause: z.string().optional(),
    missedHeartbeat: z.literal(true).optional(),
  }),
])

/** The task that a Task state waits for. `token` is in its event, too; `child` is the execution it started. */
export const PendingTask = z.strictObject({
  token: z.string(),
  arguments: z.unknown(),
  timeoutAt: z.number().optional(),
  child: z.string().optional(),
})
export type PendingTask = z.infer<typeof PendingTask>

/**
 * Where an execution stands. `entering`: the state is to be entered; `invoking`: its task is to be carried out, again
 * after a crash; `submitted`: somebody else ends the task; `settled`: its end is known, the state is to be left;
 * `waiting` and `retrying`: until the time `until`.
 */
export const Position = z.strictObject({
  state: z.string(),
  phase: z.enum(['entering', 'invoking', 'submitted', 'settled', 'waiting', 'retrying']),
  input: z.unknown(),
  enteredAt: z.number(),
  enteredEvent: z.int(),
  retryCount: z.int(),
  retries: z.array(z.int()),
  until: z.number().optional(),
  task: PendingTask.optional(),
  outcome: Outcome.optional(),
})
export type Position = z.infer<typeof Position>

/** The position of a state that is to be entered. */
export function entering(state: string, input: unknown): Position {
  return {
    state,
    phase: 'entering',
    input,
    enteredAt: 0,
    enteredEvent: 0,
    retryCount: 0,
    retries: [],
  }
}
