import type { z } from 'zod'
import { translateError } from './translate-error.ts'
import type { World } from './world.ts'

/** What a Lambda function runs: bound to a world once, then called with each event. */
export type Handler = (world: World) => (event: unknown) => Promise<unknown>

/**
 * A workflow step, or a handler of events: its input is parsed here, at the door, and a service's
 * error gets its name. Any step may run twice; the second time changes nothing and answers the same
 * (S4).
 */
export const step =
  <I, O>(input: z.ZodType<I>, run: (world: World) => (input: I) => Promise<O>) =>
  (world: World) => {
    const bound = run(world)
    return async (event: unknown): Promise<O> => {
      try {
        return await bound(input.parse(event))
      } catch (error) {
        throw translateError(error)
      }
    }
  }
