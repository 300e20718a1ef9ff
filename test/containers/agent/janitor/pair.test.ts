import { expect, test } from 'vitest'
import { formatPair, parsePair } from '#containers/agent/janitor/pair.ts'

test.each([
  ['README.md', 'docs/instal.md', 'docs/install.md'],
  ['a b: c.md'.replace(': ', ':'), 'x => y'.replace(' => ', '=>'), '#z'],
  ['ü "é" \'.md', 'a b.md#c', './a%20b.md#c'],
])('a pair is read as it was written: %s', (file, from, to) => {
  const text = formatPair({ file, from, to })
  expect(text).toBe(`${file}: ${from} => ${to}`)
  expect(parsePair(text ?? '')).toEqual({ file, from, to })
})

test.each([
  ['a: b.md', 'c', 'd'],
  ['a.md', 'b => c', 'd'],
  ['a\nb.md', 'c', 'd'],
  ['a.md', 'c', ''],
])('a pair that could be read otherwise is not written: %j %j %j', (file, from, to) => {
  expect(formatPair({ file, from, to })).toBeUndefined()
})

test.each(['', 'a.md', 'a.md: b', 'b => c', ': b => c'])('%j is no pair', (text) => {
  expect(parsePair(text)).toBeUndefined()
})
