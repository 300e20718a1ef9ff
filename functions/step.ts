import type { z } from 'zod'
import type { World } from './world.ts'

/** What a Lambda function runs: bound to a world once, then called with each event. */
export type Handler = (world: World) => (event: unknown) => Promise<unknown>

/**
 * A workflow step, or a handler of events: its input is parsed here, at the door. Any step may run
 * twice; the second time changes nothing and answers the same (S4).
 */
export const step =
  <I, O>(input: z.ZodType<I>, run: (world: World) => (input: I) => Promise<O>) =>
  (world: World) => {
    const bound = run(world)
    return (event: unknown): Promise<O> => bound(input.parse(event))
  }
