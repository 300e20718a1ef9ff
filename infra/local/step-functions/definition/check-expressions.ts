import { expressionIn, parseExpression } from '../expressions/expression.ts'
import { type Diagnostic, schemaFault } from './diagnostic.ts'
import type { Definition } from './schema.ts'

/** Every text between `{%` and `%}` must be JSONata, and both marks must be there. */
export function checkExpressions(definition: Definition): Diagnostic[] {
  return Object.entries(definition.States).flatMap(([name, state]) =>
    inside(state, `/States/${name}`),
  )
}

function inside(value: unknown, location: string): Diagnostic[] {
  if (typeof value === 'string') return inText(value, location)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'Comment' ? [] : inside(member, `${location}/${key}`),
  )
}

function inText(text: string, location: string): Diagnostic[] {
  if (text.startsWith('{%') !== text.endsWith('%}')) {
    return [schemaFault('A JSONata expression must start with {% and end with %}', location)]
  }
  const expression = expressionIn(text)
  const fault = expression === undefined ? undefined : parseExpression(expression).fault
  return fault ? [schemaFault(`Invalid JSONata expression: ${fault}`, location)] : []
}
