import type jsonata from 'jsonata'
import { expressionIn, parseExpression, sayFault } from './expression.ts'
import { addFunctions } from './functions.ts'
import { plainJson } from './plain-json.ts'
import { QueryError } from './query-error.ts'

/** Where `$now()`, `$millis()`, `$random()` and `$uuid()` get their values. */
export type Sources = { now(): number; random(): number }

/** What an expression can name: `$states` and the workflow's variables. */
export type Bindings = Record<string, unknown>

/** Evaluates a template; `field` is its name in errors, such as `Arguments`. Throws QueryError. */
export type Evaluate = (template: unknown, bindings: Bindings, field: string) => Promise<unknown>

/** An evaluator of templates: constants stay, each text in `{% … %}` becomes its value. */
export function openEvaluator(sources: Sources): Evaluate {
  const parsed = new Map<string, jsonata.Expression>()
  return evaluate

  async function evaluate(template: unknown, bindings: Bindings, field: string): Promise<unknown> {
    if (typeof template === 'string') {
      const expression = expressionIn(template)
      return expression === undefined ? template : evaluateText(expression, bindings, field)
    }
    if (typeof template !== 'object' || template === null) return template
    const members: [string, unknown][] = []
    for (const [key, member] of Object.entries(template)) {
      const location = Array.isArray(template) ? `${field}[${key}]` : `${field}/${key}`
      members.push([key, await evaluate(member, bindings, location)])
    }
    return Array.isArray(template) ? members.map(([, value]) => value) : Object.fromEntries(members)
  }

  async function evaluateText(text: string, bindings: Bindings, field: string): Promise<unknown> {
    const about = `The JSONata expression '${text}' specified for the field '${field}'`
    try {
      const value: unknown = await prepare(text).evaluate(undefined, bindings)
      if (value !== undefined) return plainJson(value)
    } catch (error) {
      throw new QueryError(field, `${about} threw an error during evaluation. ${sayFault(error)}`)
    }
    throw new QueryError(field, `${about} returned nothing (undefined).`)
  }

  function prepare(text: string): jsonata.Expression {
    const known = parsed.get(text)
    if (known) return known
    const result = parseExpression(text)
    if (result.fault !== undefined) throw new Error(result.fault)
    addFunctions(result.expression, sources)
    parsed.set(text, result.expression)
    return result.expression
  }
}
