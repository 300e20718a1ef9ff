import { type Superseded, startBeats } from '#containers/agent/beats.ts'
import { claim } from '#containers/agent/claim.ts'
import { tell } from '#containers/agent/tell.ts'
import { disarm, enterStage, newObservation } from '#containers/agent/watch.ts'
import type { Worker } from '#containers/agent/worker.ts'
import { AttemptRequest } from '#core/contracts/attempt-request.ts'
import type { Fault, FaultClass } from '#core/faults.ts'
import { SupervisorSettings } from '#core/settings.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import { idleAgent, startAgent } from './agent.ts'
import { answersOf } from './answers.ts'
import { beatsByHand } from './beats-by-hand.ts'
import { openSimulatedStore } from './open-store.ts'
import type { Plane } from './plane.ts'
import {
  BEAT_SECONDS,
  LOOK_SECONDS,
  type Supervisor,
  type SupervisorOptions,
} from './supervisor.ts'
import { errorOf, type SimulatedTask } from './task.ts'
import { workflowsOf } from './workflows.ts'

/** A supervisor that has not begun: real claim, beats and clocks on a plane's time. */
export const openSupervisor = (
  plane: Plane,
  task: SimulatedTask,
  { pid, resumes, claimed }: SupervisorOptions,
): Supervisor => {
  const { clock, ecs, bucket } = plane
  const worker = workerOf(plane, task, () => {
    if (self.cutOffAt !== undefined) throw errorOf('TimeoutError', { code: 'ETIMEDOUT' })
  })
  const gone = (): void => {
    self.over = true
    self.beats?.stop()
    self.state = 'gone'
    self.agent.alive = false
  }
  const exit = (exitCode: number, stopCode = 'EssentialContainerExited'): void => {
    if (self.state === 'gone') return
    gone()
    const stop = { stopCode, stoppedReason: 'it exited', exitCode }
    clock.later(EXIT_SECONDS, () => ecs.end(task, stop))
  }
  const terminated = () => exit(143, 'UserInitiated')
  const kill = (why: Fault | Superseded): void => {
    if (self.over) return
    self.over = true
    self.beats?.stop()
    self.agent.alive = false
    void clock.work(answers.failure(why))
  }
  let interrupted = false
  const nudge = (fault: FaultClass): boolean => {
    const { observation, agent, request } = self
    if (!SILENCE.includes(fault) || !request) return false
    if (interrupted) return true
    const goesOn = resumes && observation.sessionId !== undefined && observation.nudge === 'none'
    if (!goesOn) return false
    interrupted = true
    observation.nudge = 'unanswered'
    disarm(observation)
    void tell(worker, request, 'attempt.nudged', { class: fault })
    clock.later(LOOK_SECONDS, () => {
      interrupted = false
      if (!self.over) startAgent(agent, observation, clock.now())
    })
    return true
  }
  const tick = (): void => {
    if (self.state === 'gone') return
    if (self.state === 'at work') self.look()
    clock.later(LOOK_SECONDS, tick)
  }
  let look = () => {}
  const self: Supervisor = {
    task,
    attemptId: task.startedBy,
    agent: idleAgent(),
    observation: newObservation(clock.now()),
    request: undefined,
    beats: undefined,
    taskToken: undefined,
    state: 'booting',
    hungAt: undefined,
    cutOffAt: undefined,
    over: false,
    look: () => {
      if (!self.over) look()
    },
    fail: kill,
    boot: async () => {
      task.lastStatus = 'RUNNING'
      task.stopping = () => {
        if (self.state === 'at work') terminated()
      }
      task.stopped = gone
      const attempt = await claim(worker, pid).catch(() => undefined)
      const request = await bucket.getJson(attemptKeys(self.attemptId).request, AttemptRequest)
      const token = attempt?.taskToken
      if (token === undefined || !request) return exit(0)
      Object.assign(self, { state: 'at work', request, taskToken: token })
      Object.assign(self.observation, newObservation(clock.now()))
      const interventions = { kill, nudge }
      const begin = () => startBeats(worker, request, token, self.observation, interventions)
      ;[self.beats, look] = beatsByHand(begin)
      await claimed(self)
      if (task.desiredStatus === 'STOPPED') return terminated()
      self.look()
      clock.later(LOOK_SECONDS, tick)
    },
    succeed: async (outcome) => {
      if (self.over) return
      self.agent.alive = false
      enterStage(self.observation, 'finishing', clock.now())
      await self.beats?.flush()
      if (self.over) return
      self.over = true
      self.beats?.stop()
      await answers.success(outcome)
    },
    die: (stop) => {
      gone()
      ecs.end(task, stop)
    },
    wake: () => {
      self.state = 'at work'
      if (task.desiredStatus === 'STOPPED') terminated()
      else self.look()
    },
  }
  const answers = answersOf(self, worker, clock, exit)
  return self
}

const EXIT_SECONDS = 1
const SILENCE: readonly FaultClass[] = ['stall.progress', 'stall.tool']

/** `reach` comes before each call to table and workflows, and may refuse it. */
const workerOf = (
  { table, bucket, clock, engine }: Plane,
  { startedBy, taskArn }: SimulatedTask,
  reach: () => void,
): Worker => ({
  settings: SupervisorSettings.parse({
    VIGIL_ATTEMPT: startedBy,
    VIGIL_TABLE: 'Vigil',
    VIGIL_BUCKET: 'vigil',
    VIGIL_BEAT_SECONDS: BEAT_SECONDS,
    ECS_CONTAINER_METADATA_URI_V4: taskArn,
  }),
  store: openSimulatedStore(table, bucket, clock.now, reach),
  workflows: workflowsOf(() => engine, reach),
  environment: {},
})
