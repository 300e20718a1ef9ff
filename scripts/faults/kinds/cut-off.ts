import { setTimeout as sleep } from 'node:timers/promises'
import type { Before } from '../ground.ts'
import type { Asked, Fate } from '../proxy.ts'
import type { FaultRow } from '../row.ts'
import { type Scene, until } from '../scene.ts'

const cutOff = async (scene: Scene, from: readonly Before[], fate: Fate): Promise<void> => {
  await scene.signed('fault')
  await scene.hit(({ state }) => state === 'working')
  for (const before of from) scene.proxy(before).judge(() => fate)
  scene.faultAt = Date.now()
}

const heal = (scene: Scene, from: readonly Before[]): void => {
  for (const before of from) scene.proxy(before).judge(() => 'pass')
}

const BOTH: readonly Before[] = ['taskTable', 'taskServices']
const FENCE = { start: 6, fence: 2 }

const fenced = (
  name: string,
  does: string,
  from: readonly Before[],
  fate: Fate = 'stall',
): FaultRow => ({
  name,
  class: 'worker.unresponsive',
  does,
  agent: 'goes-silent',
  ends: 'no_plan',
  taskProxies: true,
  config: { clocks: FENCE },
  seenBy: 'stop',
  limits: { noticed: 7_000, stopped: 3_000 },
  inject: async (scene) => {
    await cutOff(scene, from, fate)
    await scene.hit(({ endedAt }) => endedAt !== undefined)
    heal(scene, from)
  },
})

/** Supervisors that cannot reach the plane any more. */
export const cutOffFaults: readonly FaultRow[] = [
  fenced('cut-off', 'gets no answer from table and workflow: the agent dies at the fence', BOTH),
  fenced('cut-off-refused', 'is refused by table and workflow', BOTH, 'cut'),
  {
    ...fenced('cut-off-table', 'gets no answer from the table alone', ['taskTable']),
    class: 'worker.fenced',
    seenBy: 'table',
    limits: { noticed: 4_000, stopped: 3_000 },
  },
  {
    ...fenced('cut-off-until-fenced', 'is let in again after the fence: it says so itself', BOTH),
    class: 'worker.fenced',
    seenBy: 'table',
    limits: { noticed: 6_000, stopped: 3_000 },
    inject: async (scene) => {
      await cutOff(scene, BOTH, 'cut')
      await sleep(3_500)
      heal(scene, BOTH)
    },
  },
  {
    ...fenced('cut-off-briefly', 'is let in again before the fence: nothing comes of it', BOTH),
    class: 'none',
    agent: 'always-in-time',
    limits: {},
    inject: async (scene) => {
      await cutOff(scene, BOTH, 'cut')
      await sleep(1_000)
      heal(scene, BOTH)
    },
  },
  {
    ...fenced('beat-unanswered', 'never gets an answer to one beat: the next ones count', BOTH),
    class: 'none',
    agent: 'always-in-time',
    config: { clocks: { start: 20, fence: 10 } },
    limits: {},
    inject: async (scene) => {
      await scene.signed('fault')
      let stalls = 1
      scene
        .proxy('taskTable')
        .judge(({ operation }) => (operation === 'UpdateItem' && stalls-- > 0 ? 'stall' : 'pass'))
      scene.faultAt = Date.now()
    },
  },
  {
    ...fenced('success-unheard', 'never hears that its success was taken, and is fenced', BOTH),
    class: 'none',
    agent: 'works',
    limits: {},
    deliveries: [{ to: 'CloseAttempt', holding: '-t1-a1"', does: 'late', ms: 6_000 }],
    inject: async (scene) => {
      let taken = false
      const judge = ({ operation }: Asked): Fate => {
        if (operation === '') return 'pass'
        if (taken) return 'stall'
        taken = operation === 'SendTaskSuccess'
        return taken ? 'forget' : 'pass'
      }
      scene.proxy('taskServices').judge(judge)
      await until('a success is taken', () => taken)
      scene.faultAt = Date.now()
      await scene.hit(({ endedAt }) => endedAt !== undefined)
      heal(scene, ['taskServices'])
    },
  },
]
