import type { Turn } from '#core/contracts/turn.ts'
import { RELAUNCHES } from '#core/decisions/after-attempt.ts'
import { runEnded } from '#core/decisions/transition.ts'
import { FAULTS, isFaultClass } from '#core/faults.ts'
import { runKeys } from '#functions/store/keys.ts'
import type { Scene } from '../scene.ts'
import { law, type View, viewOf } from './view.ts'

/** What must hold when nothing is left to happen: answers what does not. */
export const brokenAtEnd = (scene: Scene): string[] => {
  const { plane, runId } = scene
  const view = viewOf(plane.table)
  const { run, turns, plan } = view
  if (!run) return ['there is no run']
  const cancelled = run.cancel !== undefined
  const spent = view.days.reduce((sum, { usd }) => sum + usd, 0)
  return [
    ...law(runEnded(run.status), `the run is ${run.status} for ever`),
    ...turns.flatMap(({ id, status }) => law(status !== 'running', `${id} is running for ever`)),
    ...law(
      (run.status === 'cancelled') === cancelled,
      `it is ${run.status}, cancelled: ${cancelled}`,
    ),
    ...view.attempts.flatMap(({ id, class: fault }) =>
      law(cancelled || fault !== 'cancelled', `${id} was cancelled by nobody`),
    ),
    ...law(view.live.length === 0, `live for ever: ${view.live.map(({ sk }) => sk)}`),
    ...law(plane.bucket.has(runKeys(runId).reportJson), 'there is no report'),
    ...law(plan?.status !== 'executing', 'the plan is executing for ever'),
    ...law(Math.abs(spent - run.usd) < CENT, `the day counts ${spent} usd, the run ${run.usd}`),
    ...law(
      run.waitedSeconds <= run.config.retries.providerHours * 3_600 + WAIT_SLACK,
      'it waited too long',
    ),
    ...plane.ecs.tasks.flatMap(({ taskArn, lastStatus }) =>
      law(lastStatus === 'STOPPED', `the task ${taskArn} runs for ever`),
    ),
    ...scene.supervisors.flatMap(({ agent, attemptId }) =>
      law(!agent.alive, `the agent of ${attemptId} works for ever`),
    ),
    ...running(scene),
    ...misnamed(scene, view),
    ...turns.flatMap((turn) => tried(view, turn)),
  ]
}

const CENT = 0.01

/** Waits are rounded up to whole seconds, and end at the next look for a slot. */
const WAIT_SLACK = 60

const running = ({ plane }: Scene): string[] =>
  ['pipeline', 'turn'].flatMap((name) => {
    const stateMachineArn = plane.engine.stateMachineArn(name)
    const { executions } = plane.engine.listExecutions({ stateMachineArn, statusFilter: 'RUNNING' })
    return law(executions.length === 0, `a ${name} runs for ever`)
  })

/** What the workflow missed and the plane then stopped is named after what was noticed (T2). */
const misnamed = ({ plane, schedule }: Scene, { run, attempts }: View): string[] => {
  const stopped = schedule.happenings.some(({ what }) => what === 'abort') || run?.cancel
  return attempts.flatMap(({ id, class: fault, taskArn }) => {
    const task = plane.ecs.tasks.find((other) => other.taskArn === taskArn)
    const missed = !stopped && task?.stopCode === 'UserInitiated' && fault === 'worker.lost'
    return law(!missed, `${id} was missed and stopped, and is called worker.lost`)
  })
}

/** A class is tried again no more often than its policy says, and the infrastructure's in all. */
const tried = ({ run, attempts }: View, turn: Turn): string[] => {
  const counts = new Map<string, number>()
  for (const { turnId, class: fault } of attempts)
    if (turnId === turn.id && fault !== undefined) counts.set(fault, (counts.get(fault) ?? 0) + 1)
  const sum = (matches: (name: string) => boolean) =>
    [...counts].reduce((total, [name, count]) => total + (matches(name) ? count : 0), 0)
  const stalls = run?.config.retries.stalls ?? 0
  const within = [...counts].flatMap(([name, count]) => {
    if (!isFaultClass(name) || 'chain' in FAULTS[name] || STALLS.includes(name)) return []
    return law(count <= FAULTS[name].tries + 1, `${turn.id} was tried ${count} times for ${name}`)
  })
  const infrastructure = sum((name) => /^(worker|launch)\./.test(name))
  return [
    ...within,
    ...law(sum((name) => STALLS.includes(name)) <= stalls + 1, `${turn.id} stalled too often`),
    ...law(
      infrastructure <= RELAUNCHES + 1,
      `${turn.id} was launched again ${infrastructure} times`,
    ),
  ]
}

const STALLS = ['stall.progress', 'stall.tool']
