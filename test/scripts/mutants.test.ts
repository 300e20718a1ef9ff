import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FAULTS } from '../../scripts/faults/catalog.ts'
import { chosenMutants, MUTANTS } from '../../scripts/mutants/catalog.ts'
import { mutated } from '../../scripts/mutants/tree.ts'
import { ROOT } from '../sources.ts'

const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8')

describe.each(MUTANTS)('the mutant $name', (mutant) => {
  test('still finds what it replaces', () => {
    const text = textOf(mutant.file)
    expect(mutated(text, mutant)).not.toBe(text)
  })

  test('is named for tests that are there', () => {
    const faults = FAULTS.map(({ name }) => name)
    for (const each of mutant.tests) {
      if (each.kind === 'vitest') expect(existsSync(join(ROOT, each.file))).toBe(true)
      if (each.kind === 'fault') expect(faults).toContain(each.fault)
    }
    expect(mutant.tests.length).toBeGreaterThan(0)
  })
})

test('a text that is not there, or not there once, is an error that names it', () => {
  const mutant = { name: 'm', does: '', file: 'f.ts', tests: [], edits: [['a', 'b']] as const }
  expect(() => mutated('x', mutant)).toThrow('m: f.ts has 0 times: a')
  expect(() => mutated('a a', mutant)).toThrow('m: f.ts has 2 times: a')
  expect(mutated('xax', mutant)).toBe('xbx')
})

test('each has a name of its own, and is chosen by it', () => {
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length)
  expect(chosenMutants('no-fencing,settle-twice').map(({ name }) => name)).toEqual([
    'no-fencing',
    'settle-twice',
  ])
  expect(() => chosenMutants('no-fensing')).toThrow('did you mean no-fencing?')
})
