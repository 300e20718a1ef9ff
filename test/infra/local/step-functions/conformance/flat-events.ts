import type { Engine } from '#infra/local/step-functions/engine.ts'

/** An execution's history as the recordings have it: details in the event, JSON texts as values. */
export function flatEvents(engine: Engine, executionArn: string): Record<string, unknown>[] {
  const { events } = engine.getExecutionHistory({ executionArn, maxResults: 1000 })
  return events.map(({ timestamp: _, type, id, previousEventId, ...rest }) => {
    const details: Record<string, unknown> = Object.assign({}, ...Object.values(rest))
    const shown = Object.entries(details).flatMap(([key, value]) => flat(key, value))
    return { type, id, previousEventId, ...Object.fromEntries(shown) }
  })
}

function flat(key: string, value: unknown): [string, unknown][] {
  if (key === 'name') return [['stateName', value]]
  if (key === 'input' || key === 'output' || key === 'parameters')
    return [[key, JSON.parse(String(value))]]
  if (key === 'assignedVariables') {
    const entries = Object.entries(Object(value)).map(([name, text]) => [
      name,
      JSON.parse(String(text)),
    ])
    return [[key, Object.fromEntries(entries)]]
  }
  return LEFT_OUT.has(key) || key.endsWith('Details') ? [] : [[key, value]]
}

const LEFT_OUT = new Set(['region', 'roleArn', 'stateMachineVersionArn'])
