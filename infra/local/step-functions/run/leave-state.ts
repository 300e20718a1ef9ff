import { type Extra, evaluateField } from './evaluate-field.ts'
import { assertSize } from './payload-limit.ts'
import { addEvent, goOn, type Step } from './step.ts'

/** How a state is left: the templates of its exit, what it gives without an Output, and where to go. */
export type Exit = {
  Assign?: Record<string, unknown> | undefined
  Output?: unknown
  otherwise: unknown
  next: string | undefined
  extra?: Extra
}

/** Leaves the state: assigns variables, forms the output, goes on. Throws QueryError and StateError. */
export async function leaveState(step: Step, exit: Exit): Promise<void> {
  const { execution, state } = step
  const output =
    exit.Output === undefined
      ? exit.otherwise
      : await evaluateField(step, 'Output', exit.Output, exit.extra)
  const assigned = Object(await evaluateField(step, 'Assign', exit.Assign ?? {}, exit.extra))
  const name = execution.position.state
  const text = assertSize(name, output)
  addEvent(step, `${state.Type}StateExited`, {
    name,
    output: text,
    outputDetails: { truncated: false },
    ...(Object.keys(assigned).length > 0 && {
      assignedVariables: texts(assigned),
      assignedVariablesDetails: { truncated: false },
    }),
  })
  execution.variables = { ...execution.variables, ...assigned }
  goOn(step, exit.next, output)
}

function texts(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]),
  )
}
