import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultRow } from '../row.ts'
import { signalSupervisor } from '../supervisor-of.ts'

/** A busy machine takes its time to start a plane. */
const PATIENT = { start: 40, fence: 20 }

/** Planes that are killed, and go on. */
export const planeFaults: readonly FaultRow[] = [
  {
    name: 'plane-killed',
    class: 'none',
    does: 'is killed while an agent works, and started again',
    agent: 'always-in-time',
    phase: 'code',
    ends: 'executed',
    config: { clocks: PATIENT },
    inject: async (scene) => {
      await scene.signed('fault')
      await scene.plane().kill()
      scene.faultAt = Date.now()
      await scene.restart()
    },
  },
  {
    name: 'plane-away',
    class: 'none',
    does: 'is away while an agent completes, for less than the fence',
    agent: 'always-in-time',
    phase: 'code',
    ends: 'executed',
    config: { clocks: PATIENT },
    inject: async (scene) => {
      await scene.signed('fault')
      await scene.plane().kill()
      scene.faultAt = Date.now()
      await sleep(5_000)
      await scene.restart()
    },
  },
  {
    name: 'plane-and-supervisor-killed',
    class: 'worker.lost',
    does: 'is killed together with the supervisor, and started again',
    agent: 'goes-silent',
    phase: 'code',
    ends: 'executed',
    inject: async (scene) => {
      await scene.signed('fault')
      signalSupervisor(scene, 'SIGKILL')
      await scene.plane().kill()
      await scene.restart()
    },
  },
]
