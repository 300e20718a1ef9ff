/** What must hold for a write: an attribute equals a value, is one of several (of none: never), or is absent (null). */
export type When = Readonly<Record<string, Scalar | readonly Scalar[] | null>>
type Scalar = string | number | boolean

/** What a write changes: attributes to set (undefined removes) and numbers to add. */
export interface Change {
  readonly set?: Readonly<Record<string, unknown>>
  readonly add?: Readonly<Record<string, number>>
  readonly when?: When
}

interface Expression {
  UpdateExpression?: string
  ConditionExpression: string
  ExpressionAttributeNames: Record<string, string>
  ExpressionAttributeValues?: Record<string, unknown>
}

/** DynamoDB's expressions for a change. The item must exist, unless `when` says `pk: null`. */
export const expressionOf = ({ set = {}, add = {}, when = {} }: Change): Expression => {
  const names: Record<string, string> = {}
  const values: Record<string, unknown> = {}
  const name = (attribute: string) => {
    names[`#${attribute}`] = attribute
    return `#${attribute}`
  }
  const value = (given: unknown) => {
    const key = `:v${Object.keys(values).length}`
    values[key] = given
    return key
  }
  const present = Object.entries(set).filter(([, given]) => given !== undefined)
  const absent = Object.entries(set).filter(([, given]) => given === undefined)
  const clauses = [
    clause(
      'SET',
      present.map(([key, given]) => `${name(key)} = ${value(given)}`),
    ),
    clause(
      'ADD',
      Object.entries(add).map(([key, given]) => `${name(key)} ${value(given)}`),
    ),
    clause(
      'REMOVE',
      absent.map(([key]) => name(key)),
    ),
  ]
  const conditions = Object.entries(when).map(([key, given]) => condition(name(key), given, value))
  if (!('pk' in when)) conditions.unshift(`attribute_exists(${name('pk')})`)
  const update = clauses.filter(Boolean).join(' ')
  return {
    ...(update && { UpdateExpression: update }),
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: names,
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  }
}

const clause = (verb: string, parts: string[]): string =>
  parts.length > 0 ? `${verb} ${parts.join(', ')}` : ''

const condition = (
  name: string,
  given: Scalar | readonly Scalar[] | null,
  value: (given: unknown) => string,
): string => {
  if (given === null) return `attribute_not_exists(${name})`
  if (typeof given === 'object' && given.length === 0)
    return `(attribute_exists(${name}) AND attribute_not_exists(${name}))`
  if (typeof given === 'object') return `${name} IN (${given.map(value).join(', ')})`
  return `${name} = ${value(given)}`
}
