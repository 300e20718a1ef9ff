import { type Diagnostic, schemaFault } from './diagnostic.ts'
import type { Definition, State } from './schema.ts'

/** What a schema of single fields can't say: fields that exclude or require one another. */
export function checkFields({ States }: Definition): Diagnostic[] {
  return Object.entries(States).flatMap(([name, state]) =>
    faultsOf(state).map((message) => schemaFault(message, `/States/${name}`)),
  )
}

function faultsOf(state: State): string[] {
  switch (state.Type) {
    case 'Task':
      return [...onward(state), ...heartbeat(state), ...errorLists(state)]
    case 'Wait':
      return [
        ...onward(state),
        ...exactlyOne('Seconds', state.Seconds, 'Timestamp', state.Timestamp),
      ]
    case 'Pass':
      return onward(state)
    default:
      return []
  }
}

function onward(state: { Next?: string | undefined; End?: boolean | undefined }): string[] {
  return exactlyOne('Next', state.Next, 'End', state.End || undefined)
}

function exactlyOne(first: string, one: unknown, second: string, other: unknown): string[] {
  if ((one === undefined) !== (other === undefined)) return []
  return [`Exactly one of '${first}' and '${second}' is required`]
}

function heartbeat(state: { TimeoutSeconds?: unknown; HeartbeatSeconds?: unknown }): string[] {
  const { TimeoutSeconds: timeout, HeartbeatSeconds: beat } = state
  if (typeof timeout !== 'number' || typeof beat !== 'number' || beat < timeout) return []
  return ["'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'"]
}

function errorLists(state: {
  Retry?: Handler[] | undefined
  Catch?: Handler[] | undefined
}): string[] {
  return [...errorList('Retry', state.Retry ?? []), ...errorList('Catch', state.Catch ?? [])]
}

type Handler = { ErrorEquals: string[] }

function errorList(field: string, handlers: Handler[]): string[] {
  return handlers.flatMap(({ ErrorEquals: names }, index) => {
    if (!names.includes('States.ALL')) return []
    const alone = names.length === 1 && index === handlers.length - 1
    return alone ? [] : [`'States.ALL' must appear alone, and last in '${field}'`]
  })
}
