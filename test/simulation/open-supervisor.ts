import { type Superseded, startBeats } from '#containers/agent/beats.ts'
import { claim } from '#containers/agent/claim.ts'
import { enterStage, newObservation } from '#containers/agent/watch.ts'
import type { Worker } from '#containers/agent/worker.ts'
import { AttemptRequest } from '#core/contracts/attempt-request.ts'
import type { Fault } from '#core/faults.ts'
import { SupervisorSettings } from '#core/settings.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import { idleAgent } from './agent.ts'
import { answersOf } from './answers.ts'
import { beatsByHand } from './beats-by-hand.ts'
import { nudgeOf } from './nudge.ts'
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
    waitedFor: false,
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
      self.waitedFor = await waitsFor(plane, self.attemptId)
      const attempt = await claim(worker, pid).catch(() => undefined)
      if (self.state !== 'booting') return // What a process that died had sent may still arrive.
      const request = await bucket.getJson(attemptKeys(self.attemptId).request, AttemptRequest)
      const token = attempt?.taskToken
      if (token === undefined || !request) return exit(0)
      Object.assign(self, { state: 'at work', request, taskToken: token })
      Object.assign(self.observation, newObservation(clock.now()))
      const nudge = nudgeOf(self, worker, clock, resumes)
      const interventions = { kill, nudge }
      const begin = () => startBeats(worker, request, token, self.observation, interventions)
      ;[self.beats, look] = beatsByHand(begin)
      claimed(self)
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

/** Whether the workflow waits for an attempt, as a beat with its token would learn. */
const waitsFor = async ({ world, engine }: Plane, attemptId: string): Promise<boolean> => {
  const { taskToken = '' } = (await world.store.attempts.get(attemptId)) ?? {}
  const beat = engine.sendTaskHeartbeat({ taskToken })
  return beat.then(
    () => true,
    () => false,
  )
}

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
