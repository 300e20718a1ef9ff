import type { Execution } from '../journal/execution.ts'
import type { Outcome } from '../journal/position.ts'
import { settleTask } from '../run/settle-task.ts'
import { ServiceError } from '../service-error.ts'
import { readToken } from '../tasks/token.ts'
import type { Desk } from './desk.ts'
import { readJson } from './read-json.ts'

/** Ends a task well. Throws InvalidOutput, InvalidToken, TaskDoesNotExist, TaskTimedOut. */
export async function sendTaskSuccess(desk: Desk, request: { taskToken: string; output: string }) {
  const result = readJson('output', request.output, invalidOutput)
  return endTask(desk, request.taskToken, { result })
}

/** Ends a task badly. Throws InvalidToken, TaskDoesNotExist, TaskTimedOut. */
export async function sendTaskFailure(
  desk: Desk,
  request: { taskToken: string; error?: string | undefined; cause?: string | undefined },
) {
  const { taskToken, error, cause } = request
  const failure = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) }
  return endTask(desk, taskToken, failure)
}

/** Says that a task's worker lives: its next heartbeat is due a whole interval from now. Throws as above. */
export async function sendTaskHeartbeat({ world }: Desk, { taskToken }: { taskToken: string }) {
  const { executions, wakes, write } = world.journal
  const execution = executions.load(executionOf(executions, taskToken))
  if (!isPending(execution, taskToken)) throw timedOut()
  write(() => wakes.beat(execution.id, world.clock.now()))
  return {}
}

async function endTask({ world, driver }: Desk, token: string, outcome: Outcome) {
  const id = executionOf(world.journal.executions, token)
  const noted = await driver.change(id, (step) => {
    if (!isPending(step.execution, token)) return undefined
    settleTask(step, outcome)
    return true
  })
  if (noted) return {}
  // Not the task's end: a worker told so would give up its work, one told of an error tries again.
  throw driver.isClosed() ? new Error('The engine is closed') : timedOut()
}

function executionOf(executions: Desk['world']['journal']['executions'], token: string): number {
  const id = readToken(token)
  if (id === undefined) throw new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'")
  if (!executions.exists(id)) throw new ServiceError('TaskDoesNotExist', 'Task does not exist')
  return id
}

function isPending({ status, position }: Execution, token: string): boolean {
  const open = position.phase === 'invoking' || position.phase === 'submitted'
  return status === 'RUNNING' && open && position.task?.token === token
}

function timedOut(): ServiceError {
  return new ServiceError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'")
}

function invalidOutput(reason: string): ServiceError {
  return new ServiceError('InvalidOutput', `Invalid Output: '${reason}'`)
}
