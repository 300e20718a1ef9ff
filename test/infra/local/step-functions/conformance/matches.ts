/**
 * Compares with a recorded value: `"*"` is anything (also an absent member), `<*>` inside a text any characters,
 * `{"$json": v}` a text that is JSON of `v`. Gives the place of the first difference.
 */
export function difference(expected: unknown, actual: unknown, place = ''): string | undefined {
  if (expected === '*') return undefined
  if (typeof expected === 'string' && expected.includes('<*>')) {
    const pattern = expected.split('<*>').map(literal).join('[\\s\\S]*')
    return new RegExp(`^${pattern}$`).test(String(actual))
      ? undefined
      : said(place, expected, actual)
  }
  if (!isObject(expected)) {
    return Object.is(expected, actual) || (expected === 0 && actual === 0)
      ? undefined
      : said(place, expected, actual)
  }
  if ('$json' in expected) return inJson(expected.$json, actual, place)
  if (!isObject(actual) || Array.isArray(expected) !== Array.isArray(actual)) {
    return said(place, expected, actual)
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const found = difference(expected[key], actual[key], `${place}/${key}`)
    if (found) return found
  }
  return undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function inJson(expected: unknown, actual: unknown, place: string): string | undefined {
  try {
    return difference(expected, JSON.parse(String(actual)), `${place}(json)`)
  } catch {
    return said(place, expected, actual)
  }
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function said(place: string, expected: unknown, actual: unknown): string {
  return `${place || '/'}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`.slice(
    0,
    600,
  )
}
