import type { FaultRow } from '../row.ts'
import type { Scene } from '../scene.ts'

const jump =
  (aheadMs: number) =>
  async (scene: Scene): Promise<void> => {
    await scene.signed('fault')
    await scene.plane().jump(aheadMs)
    scene.faultAt = Date.now()
  }

const HOUR = 3_600_000

const jumps: Omit<FaultRow, 'name' | 'does'> = {
  class: 'none',
  agent: 'always-in-time',
  phase: 'code',
  ends: 'executed',
  config: { clocks: { start: 4, fence: 2 } },
}

/** Clocks that jump, and a run whose time is over. */
export const timeFaults: readonly FaultRow[] = [
  {
    ...jumps,
    name: 'clock-ahead',
    does: "the plane's clock jumps a minute ahead while an agent works: no beat was missed",
    inject: jump(60_000),
  },
  {
    ...jumps,
    name: 'clock-far-ahead',
    class: 'worker.unresponsive',
    does: "the plane's clock jumps past all that the attempt may take: there is another",
    inject: jump(HOUR),
  },
  {
    ...jumps,
    name: 'clock-back',
    does: "the plane's clock jumps an hour back while an agent works",
    inject: jump(-HOUR),
  },
  {
    name: 'deadline-while-working',
    class: 'turn.timed_out',
    does: "the run's deadline passes while an agent works",
    agent: 'talks-for-ever',
    phase: 'code',
    ends: 'timed_out',
    reason: 'deadline',
    config: { budget: { hours: 12 / 3_600 } },
    limits: { noticed: 4_000, stopped: 2_000 },
    inject: async (scene) => {
      await scene.signed('fault')
      const { run } = await scene.client.run(scene.runId)
      scene.faultAt = Date.parse(run.deadlineAt)
    },
  },
  {
    name: 'deadline-between-attempts',
    class: 'stall.progress',
    does: "the run's deadline passes before the next attempt",
    agent: 'goes-silent',
    attempts: 9,
    ends: 'timed_out',
    reason: 'deadline',
    config: {
      clocks: { progress: 1 },
      budget: { hours: 10 / 3_600 },
      retries: { backoffSeconds: 10 },
    },
  },
]
