import { type Diagnostic, schemaFault } from './diagnostic.ts'

/** Refuses by name what belongs to other state types or to JSONPath, and definitions that lack a part. */
export function checkLanguage(value: object): Diagnostic[] {
  const definition = { ...value }
  const missing = ['States', 'StartAt'].filter((field) => !(field in definition))
  if (missing.length > 0)
    return [schemaFault(`These fields are required: [${missing.join(', ')}]`, '/')]
  const language = 'QueryLanguage' in definition ? definition.QueryLanguage : undefined
  const states = 'States' in definition ? definition.States : undefined
  if (typeof states !== 'object' || states === null)
    return [schemaFault('must be an object', '/States')]
  return Object.entries(states).flatMap(([name, state]) => checkState(name, state, language))
}

function checkState(name: string, state: unknown, language: unknown): Diagnostic[] {
  const location = `/States/${name}`
  if (typeof state !== 'object' || state === null)
    return [schemaFault('must be an object', location)]
  const type = 'Type' in state ? state.Type : undefined
  if (type === undefined) return [schemaFault('These fields are required: [Type]', location)]
  if (!RUN.has(type)) {
    return [schemaFault(`State type '${type}' is not supported by this engine`, `${location}/Type`)]
  }
  const own = 'QueryLanguage' in state ? state.QueryLanguage : undefined
  if (language === 'JSONata' && own === 'JSONPath') return [schemaFault(DOWNGRADE, location)]
  if ((own ?? language) === 'JSONata') return []
  return [
    schemaFault(
      "QueryLanguage must be 'JSONata': JSONPath is not supported by this engine",
      location,
    ),
  ]
}

const RUN = new Set<unknown>(['Task', 'Choice', 'Wait', 'Pass', 'Succeed', 'Fail'])
const DOWNGRADE =
  "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine"
