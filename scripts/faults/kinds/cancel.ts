import type { FaultRow } from '../row.ts'
import { type Scene, until } from '../scene.ts'
import { HANGS_ONCE, hangs } from './workers.ts'

/** Twice at once, and once more. */
const cancel = async (scene: Scene): Promise<void> => {
  scene.faultAt = Date.now()
  const { client, runId } = scene
  await Promise.all([client.cancel(runId), client.cancel(runId)])
  await client.cancel(runId)
}

const cancelled: Omit<FaultRow, 'name' | 'does' | 'inject'> = {
  class: 'cancelled',
  ends: 'cancelled',
  limits: { stopped: 6_200 },
}

/** A person cancels the run, twice, wherever it is. From the request to a dead agent: a beat and 6 s. */
export const cancelFaults: readonly FaultRow[] = [
  {
    ...cancelled,
    name: 'cancel-launching',
    does: 'cancelled before the task is started',
    deliveries: [{ to: 'RunAgent', holding: '-t1-a1"', does: 'late', ms: 2_000 }],
    inject: async (scene) => {
      await scene.hit(({ state }) => state === 'launching')
      await cancel(scene)
    },
  },
  {
    ...cancelled,
    name: 'cancel-starting',
    does: 'cancelled while the task starts',
    preload: 'never-begins',
    inject: async (scene) => {
      await scene.hit(({ state }) => state === 'starting')
      await cancel(scene)
    },
  },
  {
    ...cancelled,
    name: 'cancel-preparing',
    does: 'cancelled while the workspace is prepared',
    config: { setup: HANGS_ONCE },
    inject: async (scene) => {
      await hangs(scene)
      await cancel(scene)
    },
  },
  {
    ...cancelled,
    name: 'cancel-working',
    does: 'cancelled while an agent works that ignores SIGTERM',
    agent: 'ignores-term',
    inject: async (scene) => {
      await scene.signed('fault')
      await cancel(scene)
    },
  },
  {
    ...cancelled,
    name: 'cancel-backoff',
    class: 'stall.progress',
    does: 'cancelled while the next attempt is waited for',
    agent: 'goes-silent',
    attempts: 9,
    config: { clocks: { progress: 1 }, retries: { backoffSeconds: 30 } },
    inject: async (scene) => {
      await scene.hit(({ endedAt }) => endedAt !== undefined)
      await cancel(scene)
      await until('the run is over', () => scene.ended(), 5)
    },
  },
  {
    ...cancelled,
    name: 'cancel-verifying',
    does: 'cancelled while the work is verified',
    phase: 'code',
    config: { verification: [{ command: HANGS_ONCE, expect: 'stays_green', files: [] }] },
    inject: async (scene) => {
      await hangs(scene)
      await cancel(scene)
    },
  },
  {
    ...cancelled,
    name: 'cancel-finishing',
    does: 'cancelled while the result is handed over',
    taskProxies: true,
    inject: async (scene) => {
      const { judge } = scene.proxy('taskServices')
      judge(({ path }) => (/-t1-a1\/result/.test(path) ? 'stall' : 'pass'))
      await scene.hit(({ stage }) => stage === 'finishing')
      await cancel(scene)
    },
  },
]
