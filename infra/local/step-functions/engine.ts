import { executionArn, type Place, stateMachineArn } from './arns.ts'
import type { Clock } from './clock.ts'
import { openEvaluator } from './expressions/evaluator.ts'
import { integrations } from './integrations.ts'
import { openJournal } from './journal/journal.ts'
import type { ExecutionStatusChange } from './journal/status-changes.ts'
import { type MachineSource, storeMachines } from './machine-store.ts'
import { describeExecution } from './operations/describe-execution.ts'
import {
  describeStateMachine,
  listStateMachineVersions,
} from './operations/describe-state-machine.ts'
import { type Desk, seconds } from './operations/desk.ts'
import { getExecutionHistory } from './operations/get-execution-history.ts'
import { listExecutions } from './operations/list-executions.ts'
import { startExecution } from './operations/start-execution.ts'
import { stopExecution } from './operations/stop-execution.ts'
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from './operations/task-callbacks.ts'
import { openDriver } from './run/driver.ts'
import { openPublisher } from './run/publisher.ts'
import type { World } from './run/world.ts'
import type { FindFunction } from './tasks/call-function.ts'
import type { Integration } from './tasks/integration.ts'

/** What an engine is given. `path` is the journal's file; `onWrite` gets the number of each commit. */
export type EngineOptions = Place & {
  path: string
  definitions: readonly MachineSource[]
  functions: FindFunction
  publish: (change: ExecutionStatusChange) => void | Promise<void>
  clock: Clock
  newId: () => string
  random: () => number
  onWrite?: (n: number) => void
  /** Further resources that a Task may name. */
  integrations?: Record<string, Integration>
}

/** The engine; requests and answers are those of the service's protocol, dates in seconds since the epoch. */
export type Engine = ReturnType<typeof openEngine>

/** Opens the engine on its journal. Nothing moves before `start()`. Throws InvalidDefinition. */
export function openEngine(options: EngineOptions) {
  const { region, account, clock, newId, random, functions } = options
  const place = { region, account }
  const tasks = integrations(place, functions, (request) => startExecution(desk, request), newId)
  const byResource = { ...tasks.byResource, ...options.integrations }
  const journal = openJournal(options.path, options.onWrite ?? (() => {}))
  const resources = new Set(Object.keys(byResource))
  const world: World = {
    place,
    clock,
    newId,
    random,
    journal,
    evaluate: openEvaluator({ now: clock.now, random }),
    definitionOf: storeMachines(journal, clock, options.definitions, resources),
    integrationOf: (resource) => byResource[resource] ?? tasks.direct,
  }
  const publisher = openPublisher(journal, clock, options.publish)
  const driver = openDriver(world, publisher)
  const desk: Desk = { world, driver, publisher }
  return {
    /** Goes on with every execution that has not ended, and publishes what was not yet published. */
    start: () => driver.start(),
    /** Stops between two moves. Functions that still run are carried out again by the next engine on the file. */
    async close() {
      await driver.close()
      journal.close()
    },
    startExecution(request: {
      stateMachineArn: string
      name?: string | undefined
      input?: string | undefined
    }) {
      const { machine, name, started } = startExecution(desk, request)
      return { executionArn: executionArn(place, machine, name), startDate: seconds(started) }
    },
    stopExecution: (request: Parameters<typeof stopExecution>[1]) => stopExecution(desk, request),
    describeExecution: (request: { executionArn: string }) => describeExecution(desk, request),
    listExecutions: (request: Parameters<typeof listExecutions>[1]) =>
      listExecutions(desk, request),
    getExecutionHistory: (request: Parameters<typeof getExecutionHistory>[1]) =>
      getExecutionHistory(desk, request),
    sendTaskSuccess: (request: Parameters<typeof sendTaskSuccess>[1]) =>
      sendTaskSuccess(desk, request),
    sendTaskFailure: (request: Parameters<typeof sendTaskFailure>[1]) =>
      sendTaskFailure(desk, request),
    sendTaskHeartbeat: (request: { taskToken: string }) => sendTaskHeartbeat(desk, request),
    describeStateMachine: (request: { stateMachineArn: string }) =>
      describeStateMachine(desk, request),
    listStateMachineVersions: (request: Parameters<typeof listStateMachineVersions>[1]) =>
      listStateMachineVersions(desk, request),
    stateMachineArn: (name: string) => stateMachineArn(place, name),
    /** The ARN of the newest version of a state machine. */
    versionArn: (name: string) =>
      stateMachineArn(place, name, journal.machines.newest(name)?.version),
    /** Whether nothing moves: no transition is being made and no function runs. */
    idle: () => driver.idle(),
  }
}
