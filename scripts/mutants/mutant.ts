/** A test that a mutant is run against: the simulation, a vitest file, or a fault of the fault suite. */
export type Test =
  | { readonly kind: 'simulation' }
  | { readonly kind: 'vitest'; readonly file: string }
  | { readonly kind: 'fault'; readonly fault: string }

/** A sabotage: exact texts of a file that are replaced, and the tests of which each must turn red. */
export interface Mutant {
  readonly name: string
  /** What is broken by it, in a few words. */
  readonly does: string
  readonly file: string
  readonly edits: readonly (readonly [from: string, to: string])[]
  readonly tests: readonly Test[]
}

/** The simulation of schedules. */
export const simulation: Test = { kind: 'simulation' }

/** A file of the fast suite, below `test/`. */
export const file = (path: string): Test => ({ kind: 'vitest', file: `test/${path}.test.ts` })

/** A fault of the fault suite. */
export const fault = (name: string): Test => ({ kind: 'fault', fault: name })

/** How a test is named in tables. */
export const nameOf = (test: Test): string => {
  if (test.kind === 'simulation') return 'simulation'
  return test.kind === 'fault' ? `fault ${test.fault}` : test.file
}
