import type { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { PlaneSettings } from '#core/settings.ts'
import type { Handler } from '#functions/step.ts'
import type { World } from '#functions/world.ts'
import { EVENTS, STEPS } from '#infra/local/functions.ts'
import type { Engine } from '#infra/local/step-functions/engine.ts'
import { simulatedBucket } from './bucket.ts'
import { type Deliveries, openDeliveries } from './deliveries.ts'
import { openSimulatedStore } from './open-store.ts'
import { type PlaneClock, planeClock } from './plane-clock.ts'
import { giveEngine, takeEngine } from './shared-engine.ts'
import { disturbed, type StepFaults } from './step-faults.ts'
import { type Commit, type MemoryTable, openMemoryTable } from './table/memory-table.ts'
import type { SimulatedTask } from './task.ts'
import { type SimulatedTasks, simulatedTasks } from './tasks.ts'
import { workflowsOf } from './workflows.ts'

/** A whole plane on a clock of its own: real workflows, steps and handlers; services in memory. */
export interface Plane {
  readonly clock: PlaneClock
  readonly table: MemoryTable
  readonly bucket: ReturnType<typeof simulatedBucket>
  readonly ecs: SimulatedTasks
  readonly engine: Engine
  readonly world: World
  readonly deliveries: Deliveries
  readonly faults: StepFaults
  /** Calls a function of the plane, as a rule, a schedule or the API would. */
  call(name: keyof typeof EVENTS, event: unknown): Promise<unknown>
  /** `well`: nothing of it is left that could happen. */
  close(well: boolean): Promise<void>
}

/** Who looks on. */
export interface Onlookers {
  committed(changes: readonly Commit[]): void
  started(task: SimulatedTask): void
  looked(): void
  /** A step that ran twice changed something the second time, or answered otherwise (S4). */
  broken(law: string): void
}

/** Opens a plane. `pauses` gives how long each call to the table takes, in turns of the event loop. */
export const openPlane = (onlookers: Onlookers, pauses: () => number): Plane => {
  const shared = takeEngine()
  const { engine } = shared
  const clock = planeClock(shared.clock, onlookers.looked)
  const wait = async (turns: number) => {
    for (let left = turns; left > 0; left -= 1) await new Promise((done) => setImmediate(done))
  }
  const pause = async () => {
    const turns = pauses()
    if (turns > 0) await clock.work(wait(turns))
  }
  const table = openMemoryTable(pause, onlookers.committed)
  const bucket = simulatedBucket()
  const ecs = simulatedTasks(clock, {
    started: onlookers.started,
    ended: (task) => deliveries.taskEnded(task),
  })
  const world: World = {
    store: openSimulatedStore(table, bucket, clock.now),
    workflows: workflowsOf(() => engine),
    tasks: ecs.client,
    bus: {} as EventBridgeClient,
    settings: settingsOf(engine),
    ulid: shared.newId,
    pause: async () => undefined, // A step takes no time of the virtual clock.
    count: () => undefined,
  }
  const functions = new Map(
    Object.entries<Handler>({ ...STEPS, ...EVENTS }).map(([name, handler]) => [
      name,
      handler(world),
    ]),
  )
  const invoke = async (name: string, event: unknown) => functions.get(name)?.(event)
  const steps = disturbed(invoke, {
    now: clock.now,
    commits: table.commits,
    broken: onlookers.broken,
  })
  const call: Plane['call'] = (name, event) => clock.work(invoke(name, event))
  const deliveries = openDeliveries(clock, call, engine.stateMachineArn('pipeline'))
  shared.serving = {
    call: (name, event) => clock.work(steps.call(name, event)),
    publish: (change) => deliveries.executionEnded(change),
  }
  const { faults } = steps
  const close = (well: boolean) => {
    clock.stop()
    return giveEngine(shared, well)
  }
  return { clock, table, bucket, ecs, engine, world, deliveries, faults, call, close }
}

const settingsOf = (engine: Engine): PlaneSettings =>
  PlaneSettings.parse({
    VIGIL_TABLE: 'Vigil',
    VIGIL_BUCKET: 'vigil',
    VIGIL_PIPELINE_ARN: engine.stateMachineArn('pipeline'),
    VIGIL_TURN_ARN: engine.versionArn('turn'),
    VIGIL_CLUSTER: 'vigil',
    VIGIL_TASK_DEFINITION: 'vigil-agent',
    VIGIL_IMAGES: '{}',
    VIGIL_BUS: 'vigil',
  })
