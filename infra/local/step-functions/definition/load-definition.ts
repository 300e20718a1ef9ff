import { parse } from 'yaml'
import { ServiceError } from '../service-error.ts'
import { checkExpressions } from './check-expressions.ts'
import { checkFields } from './check-fields.ts'
import { checkLanguage } from './check-language.ts'
import { checkResources } from './check-resources.ts'
import { checkTransitions } from './check-transitions.ts'
import { type Diagnostic, schemaFault } from './diagnostic.ts'
import { Definition } from './schema.ts'
import { schemaFaults } from './schema-faults.ts'

/** A definition, or everything that speaks against it. `resources` are those that a Task may name. */
export function readDefinition(
  text: string,
  resources: ReadonlySet<string>,
): { definition: Definition } | { diagnostics: Diagnostic[] } {
  const value = readText(text)
  if (typeof value === 'string') return { diagnostics: [schemaFault(value)] }
  const unspoken = checkLanguage(value)
  if (unspoken.length > 0) return { diagnostics: unspoken }
  const parsed = Definition.safeParse(value)
  if (!parsed.success) return { diagnostics: schemaFaults(parsed.error.issues, value) }
  const diagnostics = [
    ...checkFields(parsed.data),
    ...checkTransitions(parsed.data),
    ...checkResources(parsed.data, resources),
    ...checkExpressions(parsed.data),
  ]
  return diagnostics.length > 0 ? { diagnostics } : { definition: parsed.data }
}

/** A definition; throws InvalidDefinition, naming each state and field, when it is refused. */
export function loadDefinition(text: string, resources: ReadonlySet<string>): Definition {
  const read = readDefinition(text, resources)
  if ('definition' in read) return read.definition
  const reasons = read.diagnostics.map(
    ({ code, message, location }) => `${code}: ${message}${location ? ` at ${location}` : ''}`,
  )
  throw new ServiceError(
    'InvalidDefinition',
    `Invalid State Machine Definition: '${reasons.join(', ')}'`,
  )
}

function readText(text: string): object | string {
  try {
    const value: unknown = parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
    return 'Definition must be a valid JSON object'
  } catch (error) {
    return `Definition must be valid YAML or JSON: ${error instanceof Error ? error.message : error}`
  }
}
