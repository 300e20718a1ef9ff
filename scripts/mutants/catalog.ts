import { nearest } from '#core/nearest.ts'
import type { Mutant } from './mutant.ts'
import { ofSupervisors } from './of-supervisors.ts'
import { ofThePlane } from './of-the-plane.ts'

/** Every sabotage. */
export const MUTANTS: readonly Mutant[] = [...ofSupervisors, ...ofThePlane]

/** The mutants of a comma list, or all. Throws an error that names what is near an unknown one. */
export const chosenMutants = (list: string | undefined): readonly Mutant[] => {
  if (list === undefined) return MUTANTS
  const names = MUTANTS.map(({ name }) => name)
  const asked = list.split(',').filter(Boolean)
  const unknown = asked.find((name) => !names.includes(name))
  if (unknown === undefined) return MUTANTS.filter(({ name }) => asked.includes(name))
  const near = nearest(unknown, names)
  const hint = near === undefined ? `there are ${names.join(', ')}` : `did you mean ${near}?`
  throw new TypeError(`no mutant is called ${unknown}: ${hint}`)
}
