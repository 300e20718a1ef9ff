import { attemptEnded } from '#core/decisions/transition.ts'
import { CLOCKS, type Scene } from '../scene.ts'
import { BEAT_SECONDS, LOOK_SECONDS, type Supervisor } from '../supervisor.ts'
import { GRACE_SECONDS } from '../tasks.ts'
import { law } from './view.ts'

/** Seconds by which anything may be late: two looks, and one for a process that starts again. */
const SLACK = 2 * LOOK_SECONDS + 1

/** What must hold at every moment of the agents that are alive: answers what does not. */
export const brokenAgents = (scene: Scene): string[] => {
  const alive = scene.supervisors.filter(({ agent }) => agent.alive)
  return [
    ...law(alive.length <= 1, `agents at work at once: ${alive.map(({ attemptId }) => attemptId)}`),
    ...alive.flatMap((supervisor) =>
      supervisor.state === 'hung' ? hung(scene, supervisor) : watched(scene, supervisor),
    ),
  ]
}

/** An agent under a supervisor that works is dead once a clock has run out, or its attempt is over. */
const watched = (scene: Scene, supervisor: Supervisor): string[] => {
  const { agent, request, attemptId, cutOffAt } = supervisor
  const now = scene.plane.clock.now()
  const past = (since: number | undefined, seconds: number): boolean =>
    since !== undefined && now - since > (seconds + SLACK) * 1000
  const polled = agent.pollAt !== undefined && agent.pollAt - agent.actAt > CLOCKS.progress * 1000
  const silent = agent.toolAt === undefined && past(agent.actAt, CLOCKS.progress)
  const attempt = scene.attempts().find(({ id }) => id === attemptId)
  const over = attempt && attemptEnded(attempt.state) ? attempt.endedAt : undefined
  const told = cutOffAt === undefined ? (scene.run().cancel?.at ?? over) : undefined
  return [
    ...law(!silent, `the agent of ${attemptId} is silent and alive`),
    ...law(!past(agent.toolAt, CLOCKS.tool), `a tool of ${attemptId} is silent and alive`),
    ...law(!(polled && past(agent.pollAt, 0)), `the agent of ${attemptId} only polls, and goes on`),
    ...law(!past(agent.since, CLOCKS.turn), `the agent of ${attemptId} has no end`),
    ...law(
      !(agent.usd >= (request?.usdLeft ?? 0) && past(agent.usdAt, 0)),
      `the agent of ${attemptId} has spent all, and goes on`,
    ),
    ...law(!past(cutOffAt, CLOCKS.fence), `${attemptId} is cut off, and its agent goes on`),
    ...law(
      told === undefined || !past(Date.parse(told), BEAT_SECONDS),
      `${attemptId} is over, and its agent goes on`,
    ),
  ]
}

/** A supervisor that hangs is missed by the workflow, and stopped with all that runs in its task. */
const hung = (scene: Scene, { attemptId, hungAt = 0 }: Supervisor): string[] => {
  const { clock, ecs } = scene.plane
  const since = Math.max(hungAt + HEARTBEAT * 1000, ecs.blind.until)
  const late = clock.now() - since > (GRACE_SECONDS + SLACK + STEPS_SECONDS) * 1000
  return law(!late, `the supervisor of ${attemptId} hangs, and its agent goes on`)
}

const HEARTBEAT = Math.max(CLOCKS.start, 2 * CLOCKS.fence)

/** Steps that fail are tried again, after up to this. */
const STEPS_SECONDS = 20
