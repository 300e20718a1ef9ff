import type { Clock } from './clock.ts'
import { loadDefinition } from './definition/load-definition.ts'
import type { Definition } from './definition/schema.ts'
import { substitute } from './definition/substitute.ts'
import type { Journal } from './journal/journal.ts'

/** A state machine as it is written: YAML or JSON, with `${Name}` where a substitution belongs. */
export type MachineSource = { name: string; text: string; substitutions?: Record<string, string> }

/**
 * Stores each definition that differs from the newest version of its name as the next version, and gives a reader of
 * stored versions that parses each once. Throws InvalidDefinition.
 */
export function storeMachines(
  journal: Journal,
  clock: Clock,
  sources: readonly MachineSource[],
  resources: ReadonlySet<string>,
): (machine: string, version: number) => Definition {
  const parsed = new Map<string, Definition>()
  const texts = sources.map(({ name, text, substitutions = {} }) => {
    const definition = substitute(text, substitutions)
    loadDefinition(definition, resources)
    return { name, definition }
  })
  journal.write(() => {
    for (const { name, definition } of texts) {
      const newest = journal.machines.newest(name)
      if (newest?.definition === definition) continue
      const version = (newest?.version ?? 0) + 1
      journal.machines.add({ name, version, definition, created: clock.now() })
    }
  })
  return (machine, version) => {
    const key = `${machine}:${version}`
    const known = parsed.get(key)
    if (known) return known
    const stored = journal.machines.find(machine, version)
    if (!stored) throw new Error(`No definition of ${key} is stored`)
    const definition = loadDefinition(stored.definition, resources)
    parsed.set(key, definition)
    return definition
  }
}
