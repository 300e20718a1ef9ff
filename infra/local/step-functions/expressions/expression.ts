import jsonata from 'jsonata'

/** The JSONata in `{% … %}`; nothing for a constant text, such as one with a space before the mark. */
export function expressionIn(text: string): string | undefined {
  if (!text.startsWith('{%') || !text.endsWith('%}') || text.length < 4) return undefined
  return text.slice(2, -2).trim()
}

/** Parses JSONata; what is wrong with it comes back as a sentence. */
export function parseExpression(
  text: string,
): { expression: jsonata.Expression; fault?: undefined } | { fault: string } {
  try {
    return { expression: jsonata(text) }
  } catch (error) {
    return { fault: sayFault(error) }
  }
}

/** The code and sentence of an error that jsonata threw; it throws plain objects. */
export function sayFault(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error)
  return 'code' in error ? `${error.code}: ${error.message}` : String(error.message)
}
