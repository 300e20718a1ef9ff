import type { Engine } from '#infra/local/step-functions/engine.ts'
import { readToken } from '#infra/local/step-functions/tasks/token.ts'
import type { Case } from './case.ts'
import { flatEvents } from './flat-events.ts'

/** The people and workers of a case: each call does the next thing that is due, false when nothing is. */
export function outsideOf({ actions, callbacks }: Case, engine: Engine, executionArn: string) {
  const open = [...callbacks]
  let stopped = false
  return async (): Promise<boolean> => {
    const events = flatEvents(engine, executionArn)
    const stop = actions.find(({ stopExecution }) =>
      events.some(({ type }) => type === stopExecution.afterEvent),
    )
    if (stop && !stopped) {
      stopped = true
      await engine.stopExecution({ executionArn })
      return true
    }
    const [callback] = open
    if (!callback || events.at(-1)?.type !== 'TaskSubmitted') return false
    const entered = events.findLast(({ type }) => type === 'TaskStateEntered')
    if (entered?.stateName !== callback.stateName) return false
    open.shift()
    const taskToken = tokenIn(events.findLast(({ type }) => type === 'TaskScheduled')?.parameters)
    if (taskToken === undefined || callback.none) return true
    for (let n = callback.heartbeats ?? 0; n > 0; n -= 1)
      await engine.sendTaskHeartbeat({ taskToken })
    if (callback.sendTaskFailure)
      await engine.sendTaskFailure({ taskToken, ...callback.sendTaskFailure })
    if (callback.sendTaskSuccess) {
      const output = JSON.stringify(callback.sendTaskSuccess.output).replaceAll(
        'mock-TaskToken',
        taskToken,
      )
      await engine.sendTaskSuccess({ taskToken, output })
    }
    return true
  }
}

function tokenIn(value: unknown): string | undefined {
  if (typeof value === 'string') return readToken(value) === undefined ? undefined : value
  if (typeof value !== 'object' || value === null) return undefined
  for (const member of Object.values(value)) {
    const token = tokenIn(member)
    if (token !== undefined) return token
  }
  return undefined
}
