/** One reason why a definition is refused; `location` is a JSON pointer, such as `/States/Wait/Seconds`. */
export type Diagnostic = { severity: 'ERROR'; code: string; message: string; location?: string }

/** A diagnostic about the shape of a definition. */
export function schemaFault(message: string, location?: string): Diagnostic {
  return {
    severity: 'ERROR',
    code: 'SCHEMA_VALIDATION_FAILED',
    message,
    ...(location && { location }),
  }
}

/** A diagnostic about a state that is missing or that nothing leads to. */
export function transitionFault(message: string, location: string): Diagnostic {
  return { severity: 'ERROR', code: 'MISSING_TRANSITION_TARGET', message, location }
}
