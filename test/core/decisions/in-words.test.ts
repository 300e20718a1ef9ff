import { expect, test } from 'vitest'
import { counted, lasting } from '#core/decisions/in-words.ts'

test.each([
  [-5, '0 s'],
  [0, '0 s'],
  [400, '0.4 s'],
  [12_340, '12.3 s'],
  [59_940, '59.9 s'],
  [59_960, '1 min'],
  [250_000, '4 min 10 s'],
  [3_600_000, '1 h'],
  [7_500_000, '2 h 5 min'],
])('%i milliseconds are %s', (ms, words) => {
  expect(lasting(ms)).toBe(words)
})

test.each([
  [0, '0 turns'],
  [1, '1 turn'],
  [2, '2 turns'],
])('%i of them are %s', (count, words) => {
  expect(counted(count, 'turn')).toBe(words)
})
