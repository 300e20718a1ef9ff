import { unexpectedType } from '../expressions/query-error.ts'
import { contextObject } from './context-object.ts'
import type { Step } from './step.ts'

/** What `$states` holds beside `input` and `context`, and the token of a task about to be scheduled. */
export type Extra = { result?: unknown; errorOutput?: unknown; token?: string }

/** Evaluates a field of the state. Throws QueryError. */
export function evaluateField(step: Step, field: string, template: unknown, extra: Extra = {}) {
  const { position, variables } = step.execution
  const { token = position.task?.token, ...rest } = extra
  const states = { input: position.input, context: contextObject(step, token), ...rest }
  return step.world.evaluate(template, { ...variables, states }, field)
}

/** Evaluates a field that must give a whole number of seconds, `least` or more. Throws QueryError. */
export async function evaluateSeconds(
  step: Step,
  field: string,
  template: unknown,
  least: number,
): Promise<number> {
  const value = await evaluateField(step, field, template)
  if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value
  throw unexpectedType(field, template, 'number', value)
}

/** Evaluates a field that must give a text. Throws QueryError. */
export async function evaluateString(
  step: Step,
  field: string,
  template: unknown,
): Promise<string> {
  const value = await evaluateField(step, field, template)
  if (typeof value === 'string') return value
  throw unexpectedType(field, template, 'string', value)
}
