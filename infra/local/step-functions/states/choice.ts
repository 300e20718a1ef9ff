import type { StateOf } from '../definition/schema.ts'
import { unexpectedType } from '../expressions/query-error.ts'
import { evaluateField } from '../run/evaluate-field.ts'
import { StateError } from '../run/failure.ts'
import { leaveState } from '../run/leave-state.ts'
import { enter, type Step } from '../run/step.ts'

/** Choice: takes the first rule whose condition is true, else the default with the state's own Assign and Output. */
export async function enterChoice(step: Step<StateOf<'Choice'>>): Promise<void> {
  const { Choices: rules, Default, Assign, Output } = step.state
  const otherwise = step.execution.position.input
  enter(step)
  for (const [index, rule] of rules.entries()) {
    if (!(await isTrue(step, `Choices[${index}]/Condition`, rule.Condition))) continue
    await leaveState(step, { Assign: rule.Assign, Output: rule.Output, otherwise, next: rule.Next })
    return
  }
  if (Default === undefined)
    throw new StateError('States.NoChoiceMatched', 'No choice rule matched')
  await leaveState(step, { Assign, Output, otherwise, next: Default })
}

async function isTrue(step: Step, field: string, condition: unknown): Promise<boolean> {
  const value = await evaluateField(step, field, condition)
  if (typeof value === 'boolean') return value
  throw unexpectedType(field, condition, 'boolean', value)
}
