import { nearest } from '#core/nearest.ts'
import { agentFaults } from './kinds/agents.ts'
import { cancelFaults } from './kinds/cancel.ts'
import { cutOffFaults } from './kinds/cut-off.ts'
import { deliveryFaults } from './kinds/delivery.ts'
import { endFaults } from './kinds/ends.ts'
import { fireFaults } from './kinds/fires.ts'
import { hungFaults } from './kinds/hung-services.ts'
import { outboxFaults } from './kinds/outbox.ts'
import { outputFaults } from './kinds/output.ts'
import { planeFaults } from './kinds/planes.ts'
import { providerFaults } from './kinds/providers.ts'
import { sessionFaults } from './kinds/sessions.ts'
import { stopFaults } from './kinds/stops.ts'
import { strayFaults } from './kinds/strays.ts'
import { tableFaults } from './kinds/table.ts'
import { timeFaults } from './kinds/time.ts'
import { twoTaskFaults } from './kinds/two-tasks.ts'
import { wordFaults } from './kinds/words.ts'
import { workerFaults } from './kinds/workers.ts'
import { workspaceFaults } from './kinds/workspace.ts'
import type { FaultRow } from './row.ts'

/** Every fault that can be injected. */
export const FAULTS: readonly FaultRow[] = [
  ...workerFaults,
  ...cutOffFaults,
  ...stopFaults,
  ...twoTaskFaults,
  ...hungFaults,
  ...planeFaults,
  ...tableFaults,
  ...timeFaults,
  ...deliveryFaults,
  ...fireFaults,
  ...cancelFaults,
  ...agentFaults,
  ...endFaults,
  ...outboxFaults,
  ...outputFaults,
  ...strayFaults,
  ...wordFaults,
  ...workspaceFaults,
  ...sessionFaults,
  ...providerFaults,
]

/** The faults of a comma list, or all. Throws an error that names what is near an unknown one. */
export const chosenFaults = (list: string | undefined): readonly FaultRow[] => {
  if (list === undefined) return FAULTS
  const names = FAULTS.map(({ name }) => name)
  const asked = list.split(',').filter(Boolean)
  const unknown = asked.filter((name) => !names.includes(name))
  if (unknown.length > 0) throw new TypeError(unknown.map((name) => noSuch(name, names)).join('\n'))
  return FAULTS.filter(({ name }) => asked.includes(name))
}

const noSuch = (name: string, names: readonly string[]): string => {
  const near = names.filter((known) => wordsOf(known).some((word) => wordsOf(name).includes(word)))
  const one = nearest(name, names)
  const best = [...new Set([...(one === undefined ? [] : [one]), ...near])].slice(0, 8)
  const hint =
    best.length > 0 ? `did you mean ${best.join(', ')}?` : `there are ${names.join(', ')}`
  return `no fault is called ${name}: ${hint}`
}

const wordsOf = (name: string): string[] => name.split('-').filter((word) => word.length > 2)
