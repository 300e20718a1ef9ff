import { type Mutant, nameOf, type Test } from './mutant.ts'
import { type Ran, runTest, runVitest } from './run-test.ts'
import type { Tree } from './tree.ts'

/** What came of a mutant. */
export interface Tried {
  readonly name: string
  /** Every test that is named for it turned red. */
  readonly caught: boolean
  /** The tests that did. */
  readonly by: readonly string[]
  readonly seconds: number
  /** What the tests said, or why they say nothing. */
  readonly notes: readonly string[]
}

/** Tries mutants in a tree, one after the other; each of their tests is first run once without any. */
export const mutantTrier = ({ folder, within }: Tree, mutants: readonly Mutant[]) => {
  const sound = new Map<string, Promise<Ran>>()
  const tests = mutants.flatMap((mutant) => mutant.tests)
  const files = new Set(tests.flatMap((test) => (test.kind === 'vitest' ? [test.file] : [])))
  let together: Promise<Ran> | undefined
  const runUnbroken = async (test: Test): Promise<Ran> => {
    if (test.kind !== 'vitest') return runTest(folder, test)
    together ??= runVitest(folder, [...files])
    const all = await together
    return all.is === 'green' ? all : runTest(folder, test)
  }
  const unbroken = (test: Test): Promise<Ran> => {
    const name = nameOf(test)
    const known = sound.get(name) ?? runUnbroken(test)
    sound.set(name, known)
    return known
  }
  return async (mutant: Mutant): Promise<Tried> => {
    const began = performance.now()
    const by: string[] = []
    const notes: string[] = []
    for (const test of mutant.tests) {
      const name = nameOf(test)
      const without = await unbroken(test)
      if (without.is !== 'green') {
        notes.push(`${name} is ${without.is} without it: ${without.because}`)
        continue
      }
      const ran = await within(mutant, () => runTest(folder, test))
      if (ran.is === 'red') by.push(name)
      notes.push(ran.is === 'green' ? `${name} stays green` : `${name}: ${ran.because}`)
    }
    const seconds = (performance.now() - began) / 1000
    return { name: mutant.name, caught: by.length === mutant.tests.length, by, seconds, notes }
  }
}
