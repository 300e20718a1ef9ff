/** What an expression's placeholders stand for. */
export interface Names {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined
}

type Attributes = Readonly<Record<string, unknown>>
type Operand = (item: Attributes, names: Names) => unknown
type Condition = (item: Attributes, names: Names) => boolean

/** Whether a condition or a key condition of DynamoDB holds for an item; no item is one without attributes. */
export const holds = (
  expression: string | undefined,
  item: Attributes | undefined,
  names: Names,
): boolean => expression === undefined || conditionOf(expression)(item ?? {}, names)

/** An item after an update expression of DynamoDB. */
export const updated = (expression: string, item: Attributes, names: Names): Attributes => {
  const next: Record<string, unknown> = { ...item }
  for (const [, verb = '', list = ''] of expression.matchAll(CLAUSE))
    for (const part of list.split(',')) apply(verb, part.trim(), next, names)
  return next
}

const CLAUSE = /\b(SET|ADD|REMOVE|DELETE)\s+(.*?)(?=\s+(?:SET|ADD|REMOVE|DELETE)\s|$)/g

const apply = (verb: string, part: string, next: Record<string, unknown>, names: Names): void => {
  const [path = '', placeholder = ''] = part.split(/\s*=\s*|\s+/)
  const name = nameOf(path, names)
  const value = names.ExpressionAttributeValues?.[placeholder]
  const before = next[name]
  if (verb === 'REMOVE') delete next[name]
  else if (verb === 'SET') next[name] = value
  else if (verb === 'ADD' && typeof value === 'number')
    next[name] = (typeof before === 'number' ? before : 0) + value
  else if (value instanceof Set) {
    const old = before instanceof Set ? [...before] : []
    const left =
      verb === 'ADD' ? new Set([...old, ...value]) : new Set(old.filter((each) => !value.has(each)))
    if (left.size > 0) next[name] = left
    else delete next[name]
  } else throw new TypeError(`${verb} ${part} is not known here`)
}

const nameOf = (path: string, { ExpressionAttributeNames }: Names): string =>
  ExpressionAttributeNames?.[path] ?? path

const parsed = new Map<string, Condition>()

const conditionOf = (expression: string): Condition => {
  const known = parsed.get(expression)
  if (known) return known
  const tokens = expression.match(/[\w#:]+|<=|>=|<>|[=<>(),]/g) ?? []
  const condition = either(tokens)
  if (tokens.length > 0) throw new TypeError(`not understood: ${expression}`)
  parsed.set(expression, condition)
  return condition
}

const either = (tokens: string[]): Condition => {
  const first = both(tokens)
  if (tokens[0] !== 'OR') return first
  tokens.shift()
  const rest = either(tokens)
  return (item, names) => first(item, names) || rest(item, names)
}

const both = (tokens: string[]): Condition => {
  const first = one(tokens)
  if (tokens[0] !== 'AND') return first
  tokens.shift()
  const rest = both(tokens)
  return (item, names) => first(item, names) && rest(item, names)
}

const one = (tokens: string[]): Condition => {
  if (tokens[0] === '(') {
    tokens.shift()
    const inner = either(tokens)
    tokens.shift()
    return inner
  }
  const word = tokens[0] ?? ''
  if (!Object.hasOwn(FUNCTIONS, word)) return comparison(tokens)
  tokens.shift()
  const given = list(tokens)
  return (item, names) => FUNCTIONS[word]?.(given.map((each) => each(item, names))) ?? false
}

const FUNCTIONS: Record<string, (given: unknown[]) => boolean> = {
  attribute_exists: ([value]) => value !== undefined,
  attribute_not_exists: ([value]) => value === undefined,
  begins_with: ([text, start]) => String(text).startsWith(String(start)),
  contains: ([set, member]) => set instanceof Set && set.has(member),
}

const comparison = (tokens: string[]): Condition => {
  const left = operand(tokens)
  const sign = tokens.shift()
  if (sign === 'IN') {
    const among = list(tokens)
    return (item, names) => among.some((each) => each(item, names) === left(item, names))
  }
  const right = operand(tokens)
  if (sign === '=')
    return (item, names) => {
      const value = left(item, names)
      return value !== undefined && value === right(item, names)
    }
  if (sign !== '<') throw new TypeError(`${sign} is not known here`)
  return (item, names) => less(left(item, names), right(item, names))
}

const less = (left: unknown, right: unknown): boolean =>
  typeof left === 'number' && typeof right === 'number'
    ? left < right
    : typeof left === 'string' && typeof right === 'string' && left < right

const list = (tokens: string[]): Operand[] => {
  tokens.shift()
  const operands = [operand(tokens)]
  while (tokens.shift() === ',') operands.push(operand(tokens))
  return operands
}

const operand = (tokens: string[]): Operand => {
  const word = tokens.shift() ?? ''
  if (word.startsWith(':')) return (_, names) => names.ExpressionAttributeValues?.[word]
  if (word !== 'size') return (item, names) => item[nameOf(word, names)]
  const [inner] = list(tokens)
  return (item, names) => {
    const value = inner?.(item, names)
    return value instanceof Set ? value.size : undefined
  }
}
