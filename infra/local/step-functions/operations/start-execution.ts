import { executionArn, type Place, roleArn, stateMachineArn } from '../arns.ts'
import type { Execution } from '../journal/execution.ts'
import type { MachineVersion } from '../journal/machines.ts'
import { entering } from '../journal/position.ts'
import { statusChange } from '../run/status-change.ts'
import { ServiceError } from '../service-error.ts'
import type { Desk } from './desk.ts'
import { findMachine } from './find-machine.ts'
import { readJson } from './read-json.ts'

/** What to start. `startedBy` is the token of the task that starts it, which gets the same execution every time. */
export type StartRequest = {
  stateMachineArn: string
  name?: string | undefined
  input?: string | undefined
  startedBy?: string
}

/**
 * Starts an execution. A running one of the same name and input is the same one. Throws InvalidArn, InvalidName,
 * InvalidExecutionInput, StateMachineDoesNotExist, ExecutionAlreadyExists.
 */
export function startExecution(desk: Desk, request: StartRequest): Execution {
  const { world, driver, publisher } = desk
  const { journal, place } = world
  const own = request.startedBy && journal.executions.startedBy(request.startedBy)
  if (own) return own
  const { machine, pinned } = findMachine(desk, request.stateMachineArn)
  const { name = world.newId(), input = '{}', startedBy } = request
  if (!NAME.test(name)) throw new ServiceError('InvalidName', `Invalid Name: '${name}'`)
  const value = readJson('input', input, invalidInput)
  const before = journal.executions.find(machine.name, name)
  if (before?.status === 'RUNNING' && before.input === input) return before
  if (before) {
    const arn = executionArn(place, machine.name, name)
    throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`)
  }
  const row = newExecution(desk, machine, {
    pinned,
    name,
    input,
    value,
    startedBy: startedBy ?? null,
  })
  const id = journal.write(() => {
    const id = journal.executions.add(row)
    journal.history.add(id, {
      id: 1,
      previous: 0,
      at: row.started,
      type: 'ExecutionStarted',
      details: startDetails(place, row),
    })
    journal.statusChanges.add(statusChange(place, row))
    return id
  })
  if (row.deadline !== null) driver.expect(row.deadline)
  void publisher.flush()
  void driver.wake(id)
  return { ...row, id }
}

// AWS refuses white space, brackets, wildcards, control characters and these marks.
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u

function invalidInput(reason: string): ServiceError {
  return new ServiceError(
    'InvalidExecutionInput',
    `Invalid State Machine Execution Input: '${reason}'`,
  )
}

function startDetails(place: Place, { machine, version, pinned, input }: Omit<Execution, 'id'>) {
  return {
    input,
    inputDetails: { truncated: false },
    roleArn: roleArn(place, machine),
    ...(pinned && { stateMachineVersionArn: stateMachineArn(place, machine, version) }),
  }
}

function newExecution(
  { world }: Desk,
  { name: machine, version }: MachineVersion,
  given: Pick<Execution, 'pinned' | 'name' | 'input' | 'startedBy'> & { value: unknown },
): Omit<Execution, 'id'> {
  const { value, ...named } = given
  const { StartAt, TimeoutSeconds } = world.definitionOf(machine, version)
  const started = world.clock.now()
  return {
    ...named,
    machine,
    version,
    status: 'RUNNING',
    output: null,
    error: null,
    cause: null,
    started,
    stopped: null,
    deadline: TimeoutSeconds === undefined ? null : started + TimeoutSeconds * 1000,
    beatDue: null,
    beatSeconds: null,
    position: entering(StartAt, value),
    variables: {},
    lastEvent: 1,
    previousEvent: 0,
  }
}
