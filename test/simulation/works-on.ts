import { enterStage } from '#containers/agent/watch.ts'
import { AGENT_FAULTS } from '#core/contracts/agent-protocol.ts'
import { Fault } from '#core/faults.ts'
import { type Doing, does, startAgent } from './agent.ts'
import { outcomeOf } from './outcomes.ts'
import type { Scene } from './scene.ts'
import type { Happening } from './schedule.ts'
import type { Supervisor } from './supervisor.ts'

/** What the supervisor and the agent of the newest task do. */
export const worksOn = (scene: Scene, it: Happening): boolean => {
  const supervisor = scene.supervisors.findLast(({ request }) => request)
  if (!supervisor || supervisor.task !== scene.plane.ecs.tasks.at(-1)) return false
  if (it.what === 'wakes') {
    if (supervisor.state !== 'hung') return false
    supervisor.wake()
    return true
  }
  if (supervisor.state !== 'at work' || supervisor.over) return false
  const { clock } = scene.plane
  const { observation, agent } = supervisor
  const now = clock.now()
  const { stage } = observation.watch
  switch (it.what) {
    case 'hangs':
      supervisor.state = 'hung'
      supervisor.hungAt = now
      return true
    case 'is cut off':
      return cutOff(scene, supervisor, it.seconds)
    case 'fails':
      if (AGENT_FAULTS.some((own) => own === it.class))
        observation.fault = faultEvent(it.class as (typeof AGENT_FAULTS)[number], now, it.resetIn)
      supervisor.fail(new Fault(it.class, 'it failed'))
      return true
    case 'succeeds':
      void clock.work(supervisor.succeed(outcomeOf(scene, supervisor, it)))
      return true
    case 'is prepared':
      if (stage !== 'preparing') return false
      enterStage(observation, supervisor.request?.phase === 'prove' ? 'verifying' : 'working', now)
      if (supervisor.request?.phase !== 'prove') startAgent(agent, observation, now)
      if (scene.schedule.resumes) observation.sessionId = 'session'
      break
    case 'verifies':
      if (stage !== 'working') return false
      agent.alive = false
      enterStage(observation, 'verifying', now)
      break
    case 'finishes':
      if (stage !== 'working' && stage !== 'verifying') return false
      agent.alive = false
      enterStage(observation, 'finishing', now)
      break
    default:
      if (!agent.alive) return false
      does(agent, observation, it.what as Doing, now)
  }
  supervisor.look()
  return true
}

const cutOff = ({ plane }: Scene, supervisor: Supervisor, seconds: number): boolean => {
  if (supervisor.cutOffAt !== undefined) return false
  supervisor.cutOffAt = plane.clock.now()
  plane.clock.later(seconds, () => {
    supervisor.cutOffAt = undefined
  })
  return true
}

const faultEvent = (
  fault: (typeof AGENT_FAULTS)[number],
  now: number,
  resetIn: number | undefined,
) => ({
  type: 'fault' as const,
  class: fault,
  ...(resetIn !== undefined && { resetAt: new Date(now + resetIn * 1000).toISOString() }),
})
