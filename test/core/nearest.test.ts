import { expect, test } from 'vitest'
import { nearest } from '#core/nearest.ts'

const KNOWN = ['verification', 'setup', 'scope', 'language', 'denies']

test.each([
  ['verificaton', 'verification'],
  ['verifications', 'verification'],
  ['set_up', 'setup'],
  ['Setup', 'setup'],
  ['scpoe', 'scope'],
  ['setup', 'setup'],
  ['deny', undefined],
  ['timeout', undefined],
  ['verify', undefined],
  ['', undefined],
])('"%s" was meant to be %s', (word, meant) => {
  expect(nearest(word, KNOWN)).toBe(meant)
})

test('the nearer of two is taken, to the last letter', () => {
  expect(nearest('beats', ['beat', 'beatz', 'beats'])).toBe('beats')
})

test('where nothing is known, nothing is near', () => {
  expect(nearest('setup', [])).toBeUndefined()
})
