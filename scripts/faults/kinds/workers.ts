import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FaultRow } from '../row.ts'
import { type Scene, until } from '../scene.ts'
import { signalSupervisor, supervisorOf } from '../supervisor-of.ts'
import { DEAD } from './limits.ts'

/** Hangs the first time that it is run for a scene, and never again. */
export const HANGS_ONCE = 'mkdir "$FAULT_FOLDER/once" 2> /dev/null && sleep 600; true'

/** Resolves when a command that hangs once does. */
export const hangs = ({ folder }: Scene): Promise<void> =>
  until('a command hangs', () => existsSync(join(folder, 'once')))

const killed: Omit<FaultRow, 'name' | 'does'> = {
  class: 'worker.lost',
  ends: 'executed',
  phase: 'code',
  limits: { ...DEAD, working: 5_000 },
}

/** Supervisors that are killed, hung, or never there. */
export const workerFaults: readonly FaultRow[] = [
  {
    ...killed,
    name: 'supervisor-killed-unclaimed',
    does: 'is killed before it has claimed the attempt',
    phase: 'discovery',
    ends: 'no_plan',
    preload: 'never-begins',
    inject: async (scene) => {
      await scene.hit(({ taskArn }) => taskArn !== undefined)
      signalSupervisor(scene, 'SIGKILL')
    },
  },
  {
    ...killed,
    name: 'supervisor-killed-preparing',
    does: 'is killed while it prepares the workspace',
    phase: 'discovery',
    ends: 'no_plan',
    config: { setup: HANGS_ONCE },
    inject: async (scene) => {
      await hangs(scene)
      signalSupervisor(scene, 'SIGKILL')
    },
  },
  {
    ...killed,
    name: 'supervisor-killed-working',
    does: 'is killed while its agent works',
    agent: 'goes-silent',
    inject: async (scene) => {
      await scene.signed('fault')
      await scene.hit(({ checkpoint }) => checkpoint !== undefined)
      signalSupervisor(scene, 'SIGKILL')
    },
  },
  {
    ...killed,
    name: 'supervisor-killed-verifying',
    does: 'is killed while it verifies',
    config: { verification: [{ command: HANGS_ONCE, expect: 'stays_green', files: [] }] },
    inject: async (scene) => {
      await hangs(scene)
      signalSupervisor(scene, 'SIGKILL')
    },
  },
  {
    ...killed,
    name: 'supervisor-killed-finishing',
    does: 'is killed while it hands over its result',
    taskProxies: true,
    inject: async (scene) => {
      scene
        .proxy('taskServices')
        .judge(({ path }) => (/-t2-a1\/result/.test(path) ? 'stall' : 'pass'))
      await scene.hit(({ stage }) => stage === 'finishing')
      signalSupervisor(scene, 'SIGKILL')
    },
  },
  {
    name: 'supervisor-stopped',
    class: 'worker.unresponsive',
    does: 'is stopped by a signal: known by its heartbeat, dead by the grace of StopTask',
    agent: 'goes-silent',
    ends: 'no_plan',
    config: { clocks: { start: 5, fence: 2 } },
    seenBy: 'stop',
    limits: { noticed: 6_000, stopped: 37_000 },
    inject: async (scene) => {
      await scene.signed('fault')
      signalSupervisor(scene, 'SIGSTOP')
    },
  },
  {
    name: 'supervisor-never-begins',
    class: 'worker.never_started',
    does: 'is started and never comes to its first line',
    ends: 'no_plan',
    preload: 'never-begins',
    config: { clocks: { start: 5, fence: 2 } },
    seenBy: 'stop',
    limits: { noticed: 6_000 },
    inject: async (scene) => {
      await scene.hit(() => true)
      scene.faultAt = Date.now()
    },
  },
  {
    name: 'supervisor-fails-at-start',
    class: 'worker.lost',
    does: 'ends before its first line',
    ends: 'no_plan',
    preload: 'fails-at-start',
    limits: { noticed: 2_000 },
    inject: async (scene) => {
      await scene.hit(() => scene.processes.of(scene.target()?.id ?? '', 'supervisor').length > 0)
      const gone = () =>
        scene.processes.of(scene.target()?.id ?? '', 'supervisor').every(({ goneAt }) => goneAt)
      await until('it has ended', gone)
      scene.faultAt = Date.now()
    },
  },
  {
    name: 'supervisor-told-to-stop',
    class: 'worker.lost',
    does: 'is told to stop by its host, and saves the work of its agent first',
    agent: 'goes-silent',
    phase: 'code',
    ends: 'executed',
    settings: { VIGIL_CHECKPOINT_SECONDS: '60' },
    limits: { noticed: 3_000, stopped: 3_000, working: 6_000 },
    inject: async (scene) => {
      await scene.signed('fault')
      process.kill(supervisorOf(scene), 'SIGTERM')
      scene.faultAt = Date.now()
    },
    holds: ({ target }) => (target()?.checkpoint ? [] : ['its work was not saved']),
  },
]
