/** The plain JSON value of what JSONata gave, freed of its marks on arrays; throws when it holds a function. */
export function plainJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, refuseFunctions))
}

function refuseFunctions(_: string, value: unknown): unknown {
  const isFunction =
    typeof value === 'function' ||
    (typeof value === 'object' &&
      value !== null &&
      ('_jsonata_function' in value || '_jsonata_lambda' in value))
  if (isFunction) throw new Error('A function is no JSON value')
  return value
}
