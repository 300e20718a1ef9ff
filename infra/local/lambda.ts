import type { Handler } from '#functions/step.ts'
import type { World } from '#functions/world.ts'
import { EVENTS, STEPS } from './functions.ts'

/** The functions of the plane, run in this process. */
export type Lambda = ReturnType<typeof openLambda>

/** What stands between a function and who calls it: a fault suite delivers twice, late or never. */
export type Around = (
  name: string,
  event: unknown,
  invoke: (event: unknown) => Promise<unknown>,
) => Promise<unknown>

/** Lambda without the cloud: functions by name, bound to the world once it is there. */
export const openLambda = (
  failed: (where: string, error: unknown) => void,
  around: Around = (_, event, invoke) => invoke(event),
) => {
  const atWork = new Set<Promise<unknown>>()
  let functions = new Map<string, (event: unknown) => Promise<unknown>>()
  return {
    bind: (world: World): void => {
      const handlers = Object.entries<Handler>({ ...STEPS, ...EVENTS })
      functions = new Map(handlers.map(([name, handler]) => [name, handler(world)]))
    },
    invoke: (name: string, event: unknown): Promise<unknown> => {
      const working = around(name, event, async (given) => functions.get(name)?.(given))
      atWork.add(working)
      const done = () => atWork.delete(working)
      working.then(done, (error: unknown) => {
        done()
        failed(name, error)
      })
      return working
    },
    /** Resolves when none is at work: what they use may be closed then. */
    drained: async (): Promise<void> => {
      while (atWork.size > 0) await Promise.allSettled(atWork)
    },
  }
}
