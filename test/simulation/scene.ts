import type { Attempt } from '#core/contracts/attempt.ts'
import { ProjectConfig } from '#core/contracts/project.ts'
import type { Run } from '#core/contracts/run.ts'
import { fire } from '#functions/run/fire.ts'
import { keepFormats } from './formats.ts'
import { openSupervisor } from './open-supervisor.ts'
import { type Onlookers, openPlane, type Plane } from './plane.ts'
import type { Schedule } from './schedule.ts'
import type { Supervisor } from './supervisor.ts'
import type { SimulatedTask } from './task.ts'

/** Seconds; a few minutes of this plane's clock are a turn. */
export const CLOCKS = {
  start: 60,
  prepare: 100,
  progress: 60,
  tool: 180,
  turn: 600,
  verify: 60,
  finish: 60,
  fence: 30,
} as const

const CONFIG = { clocks: CLOCKS, retries: { providerHours: 2 }, budget: { hours: 3 }, audit: false }

/** A plane with one run under way, and whatever works for it. */
export interface Scene {
  readonly plane: Plane
  readonly schedule: Schedule
  readonly runId: string
  readonly supervisors: Supervisor[]
  /** A supervisor's process begins in a task. */
  boot(task: SimulatedTask): Supervisor
  run(): Run
  /** The run's attempts, oldest first. */
  attempts(): Attempt[]
  close(well: boolean): Promise<void>
}

/** Who looks on besides. */
export interface SceneOnlookers extends Onlookers {
  claimed(supervisor: Supervisor): void
}

/** Fires a run on a plane of its own. */
export const openScene = async (schedule: Schedule, onlookers: SceneOnlookers): Promise<Scene> => {
  globalThis.fetch = metadata
  keepFormats()
  const plane = openPlane(onlookers, pausesOf(schedule.pace))
  const { store } = plane.world
  const models = ['first', 'second'].slice(0, schedule.models)
  const project = {
    id: 'simulated',
    config: ProjectConfig.parse({ source: { location: '/nowhere' }, models, ...CONFIG }),
    taskDefinition: 'vigil-agent',
    revision: 1,
    failures: 0,
    phaseUsd: {},
    notes: '',
    createdAt: new Date(plane.clock.now()).toISOString(),
  }
  await store.table.transact([store.projects.create(project.id, project)])
  const request = { project, fireId: 'fire', actor: 'test', forced: [], trigger: 'manual' } as const
  const { run: runId } = await fire(plane.world, request)
  if (runId === null) throw new Error('the run was not started')
  await plane.clock.settle()
  const supervisors: Supervisor[] = []
  const partition = `run#${runId}`
  return {
    plane,
    schedule,
    runId,
    supervisors,
    boot: (task) => {
      const pid = supervisors.length + 1
      const { resumes } = schedule
      const supervisor = openSupervisor(plane, task, { pid, resumes, claimed: onlookers.claimed })
      supervisors.push(supervisor)
      void plane.clock.work(supervisor.boot())
      return supervisor
    },
    run: () => plane.table.item(partition, 'run') as unknown as Run,
    attempts: () =>
      plane.table
        .items()
        .filter(({ sk }) => sk.startsWith('attempt#'))
        .sort((one, other) => (one.sk < other.sk ? -1 : 1)) as unknown as Attempt[],
    close: (well) => plane.close(well),
  }
}

/** A task's metadata endpoint: its address is the task's ARN. */
const metadata = (async (url: string) => ({
  json: async () => ({ TaskARN: url.replace(/\/task$/, '') }),
})) as unknown as typeof fetch

/** Turns of the event loop that each call takes, from a number: the same every time (mulberry32). */
const pausesOf = (pace: number): (() => number) => {
  let state = pace
  return () => {
    if (pace === 0) return 0
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % 3
  }
}
