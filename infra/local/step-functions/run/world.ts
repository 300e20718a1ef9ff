import type { Place } from '../arns.ts'
import type { Clock } from '../clock.ts'
import type { Definition } from '../definition/schema.ts'
import type { Evaluate } from '../expressions/evaluator.ts'
import type { Journal } from '../journal/journal.ts'
import type { Integration } from '../tasks/integration.ts'

/** What every step of an execution works with. */
export type World = {
  place: Place
  clock: Clock
  newId: () => string
  random: () => number
  journal: Journal
  evaluate: Evaluate
  /** The definition of a stored version, parsed once. */
  definitionOf: (machine: string, version: number) => Definition
  /** What carries out tasks, by resource. */
  integrationOf: (resource: string) => Integration | undefined
}
