import { posix } from 'node:path'

/**
 * Whether `written` is `meant` with one letter left out, doubled, put in or swapped with the next.
 * A letter put for another may make another word, as may a plural or a number: those are none.
 */
export function isTypo(written: string, meant: string): boolean {
  const end = posix.extname(written)
  if (end !== posix.extname(meant)) return false
  const [one, other] = [posix.basename(written, end), posix.basename(meant, end)]
  if (Math.min(one.length, other.length) < SHORTEST) return false
  if (one.length === other.length) return isSwap(one, other)
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return isOneMore(short, long)
}

const SHORTEST = 5
const LETTERS = /^\p{L}+$/u

function isSwap(one: string, other: string): boolean {
  const at = firstDifference(one, other)
  const pair = one.slice(at, at + 2)
  const swapped = one.slice(0, at) + [...pair].reverse().join('') + one.slice(at + 2)
  return LETTERS.test(pair) && at < one.length && swapped === other
}

function isOneMore(short: string, long: string): boolean {
  const at = firstDifference(short, long)
  const letter = long.slice(at, at + 1)
  const isPlural = letter.toLowerCase() === 's' && at === long.length - 1
  return LETTERS.test(letter) && !isPlural && short === long.slice(0, at) + long.slice(at + 1)
}

function firstDifference(one: string, other: string): number {
  let at = 0
  while (at < one.length && at < other.length && one[at] === other[at]) at++
  return at
}
