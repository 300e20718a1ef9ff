/**
 * An expression that gave no usable value. `location` is the field (`Arguments/Payload`); `entered` says that the
 * state was entered for good before, which decides the event that AWS's history names as the previous one.
 */
export class QueryError extends Error {
  readonly location: string
  readonly entered: boolean

  constructor(location: string, message: string, entered = false) {
    super(message)
    this.name = 'States.QueryEvaluationError'
    this.location = location
    this.entered = entered
  }
}

/** The error of a value whose type the field can't take. */
export function unexpectedType(
  location: string,
  template: unknown,
  wanted: string,
  value: unknown,
): QueryError {
  const text = typeof template === 'string' ? template.replace(/^\{%\s*|\s*%\}$/g, '') : ''
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  return new QueryError(
    location,
    `The JSONata expression '${text}' specified for the field '${location}' returned an unexpected result type. ` +
      `Expected '${wanted}', but was '${type}' for value: ${JSON.stringify(value)}`,
  )
}
