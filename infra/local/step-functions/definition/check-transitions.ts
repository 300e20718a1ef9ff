import { type Diagnostic, transitionFault } from './diagnostic.ts'
import type { Definition, State } from './schema.ts'

/** Each state must lead somewhere that exists, and something must lead to each state. */
export function checkTransitions({ StartAt, States }: Definition): Diagnostic[] {
  const faults: Diagnostic[] = []
  if (!States[StartAt])
    faults.push(transitionFault(`Missing 'StartAt' target: ${StartAt}`, '/StartAt'))
  for (const [name, state] of Object.entries(States)) {
    for (const { target, field } of targetsOf(state)) {
      if (States[target]) continue
      faults.push(
        transitionFault(`Missing '${field}' target: ${target}`, `/States/${name}/${field}`),
      )
    }
  }
  const reached = reachable(StartAt, States)
  for (const name of Object.keys(States)) {
    if (reached.has(name)) continue
    faults.push(transitionFault(`State "${name}" is not reachable.`, `/States/${name}`))
  }
  return faults
}

function targetsOf(state: State): { target: string; field: string }[] {
  const targets = []
  if ('Next' in state && state.Next) targets.push({ target: state.Next, field: 'Next' })
  if (state.Type === 'Choice') {
    for (const rule of state.Choices) targets.push({ target: rule.Next, field: 'Choices' })
    if (state.Default) targets.push({ target: state.Default, field: 'Default' })
  }
  if (state.Type === 'Task') {
    for (const catcher of state.Catch ?? []) targets.push({ target: catcher.Next, field: 'Catch' })
  }
  return targets
}

function reachable(start: string, states: Definition['States']): Set<string> {
  const reached = new Set<string>()
  const open = [start]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = states[name]
    if (!state || reached.has(name)) continue
    reached.add(name)
    open.push(...targetsOf(state).map(({ target }) => target))
  }
  return reached
}
