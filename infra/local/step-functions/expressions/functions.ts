import { createHash } from 'node:crypto'
import jsonata from 'jsonata'
import type { Sources } from './evaluator.ts'

/** Gives an expression the functions that AWS adds to JSONata, and takes `$eval` away, as AWS does. */
export function addFunctions(expression: jsonata.Expression, { now, random }: Sources): void {
  expression.assign('eval', undefined)
  expression.registerFunction('partition', partition, '<a-n:a<a>>')
  expression.registerFunction('range', range, '<nnn:x>')
  expression.registerFunction('hash', hash, '<s-s:s>')
  expression.registerFunction('uuid', () => uuid(random), '<:s>')
  expression.registerFunction(
    'random',
    (seed) => (seed === undefined ? random() : seeded(seed)),
    '<n?:n>',
  )
  expression.registerFunction('parse', (text: string) => JSON.parse(text), '<s-:x>')
  expression.registerFunction('millis', now, '<:n>')
  expression.registerFunction(
    'now',
    (picture, zone) => format.evaluate(undefined, { now: now(), picture, zone }),
    '<s?s?:s>',
  )
}

const format = jsonata('$fromMillis($now, $picture, $zone)')

function partition(values: unknown[], size: number): unknown[][] {
  const step = Math.trunc(size)
  if (step < 1) throw new Error('The size of $partition must be at least 1')
  const parts: unknown[][] = []
  for (let start = 0; start < values.length; start += step)
    parts.push(values.slice(start, start + step))
  return parts
}

// One number comes back bare: AWS's $range gives a sequence, and JSONata unwraps a sequence of one.
function range(first: number, last: number, step: number): number[] | number {
  if (step === 0) throw new Error('The step of $range must not be 0')
  const count = Math.floor((last - first) / step) + 1
  if (count > 1_000) throw new Error('$range gives at most 1000 numbers')
  if (count === 1) return first
  return Array.from({ length: Math.max(0, count) }, (_, index) => first + index * step)
}

function hash(text: string, algorithm: string): string {
  const name = ALGORITHMS.get(algorithm)
  if (!name) throw new Error(`$hash knows no algorithm '${algorithm}'`)
  return createHash(name).update(text).digest('hex')
}

// Version 4, variant 1.
function uuid(random: () => number): string {
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (mark) => {
    const digit = Math.floor(random() * 16)
    return (mark === 'x' ? digit : 8 + (digit % 4)).toString(16)
  })
}

const ALGORITHMS = new Map([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
])

// AWS promises only that the same seed gives the same number.
function seeded(seed: number): number {
  return createHash('sha256').update(String(seed)).digest().readUInt32BE() / 2 ** 32
}
