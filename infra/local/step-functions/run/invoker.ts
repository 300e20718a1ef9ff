import type { CallEnd } from '../tasks/integration.ts'
import { settleTask, submitTask } from './settle-task.ts'
import type { Step } from './step.ts'
import type { World } from './world.ts'

/** Carries out tasks, each once at a time in this process. */
export type Invoker = { invoke(step: Step): void; idle(): boolean }

type Change = (id: number, edit: (step: Step) => true | undefined) => Promise<true | undefined>

/** An invoker that notes what came of a task through `change`, unless the task is no longer pending by then. */
export function openInvoker(world: World, change: Change): Invoker {
  const inFlight = new Set<string>()
  return {
    invoke(step) {
      const token = step.execution.position.task?.token
      if (token === undefined || inFlight.has(token)) return
      inFlight.add(token)
      void carryOut(step, token).finally(() => inFlight.delete(token))
    },
    idle: () => inFlight.size === 0,
  }

  async function carryOut({ execution, state }: Step, token: string): Promise<void> {
    const { task } = execution.position
    if (state.Type !== 'Task' || !task) return
    const { Resource: resource } = state
    const end = await call(resource, () =>
      world.integrationOf(resource)?.({ resource, arguments: task.arguments, token, execution }),
    )
    await change(execution.id, (step) => note(step, token, end))
  }

  async function call(
    resource: string,
    work: () => Promise<CallEnd> | undefined,
  ): Promise<CallEnd> {
    try {
      return (await work()) ?? { error: 'States.Runtime', cause: `Nothing carries out ${resource}` }
    } catch (error) {
      return {
        error: 'States.Runtime',
        cause: error instanceof Error ? error.message : String(error),
      }
    }
  }
}

function note(step: Step, token: string, end: CallEnd): true | undefined {
  const { status, position } = step.execution
  if (status !== 'RUNNING' || position.phase !== 'invoking' || position.task?.token !== token)
    return undefined
  if ('submitted' in end) submitTask(step, end.submitted, end.child)
  else settleTask(step, end)
  return true
}
