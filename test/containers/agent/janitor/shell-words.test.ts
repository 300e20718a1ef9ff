import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quoteWords, splitWords } from '#containers/agent/janitor/shell-words.ts'

const word = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.string({ unit: fc.constantFrom(...'\'"\\ $`!*é\n;&|'), minLength: 1 }),
)

test('quoted words are read back as they were', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), (words) => {
      expect(splitWords(quoteWords(words))).toEqual(words)
    }),
  )
})

test('a shell reads quoted words as they were', () => {
  const words = [
    "it's",
    'a "b"',
    '$HOME `id` !x',
    'ü — 日本',
    'back\\slash',
    '*',
    '-n',
    "''",
    'a=>b',
  ]
  const command = `for word in ${quoteWords(words)}; do printf '%s\\n' "$word"; done`
  expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' }).trimEnd().split('\n')).toEqual(
    words,
  )
})

test.each(['janitor check "a"', 'janitor check $(id)', "janitor 'a", 'a  b', 'a; b', 'a\nb', ''])(
  'other shell syntax is not read: %j',
  (command) => {
    expect(splitWords(command) ?? []).toEqual([])
  },
)
