import { setTimeout as sleep } from 'node:timers/promises'
import { PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { SendTaskFailureCommand, SendTaskSuccessCommand } from '@aws-sdk/client-sfn'
import type { FaultRow } from '../row.ts'
import type { Scene } from '../scene.ts'
import { signalSupervisor } from '../supervisor-of.ts'
import { DEAD } from './limits.ts'

const kill = async (scene: Scene): Promise<void> => {
  await scene.signed('fault')
  signalSupervisor(scene, 'SIGKILL')
}

/** The attempt after the one that was hit, once it works. */
const nextWorks = async (scene: Scene): Promise<void> => {
  const { turnId } = await scene.hit(({ endedAt }) => endedAt !== undefined)
  const works = () =>
    scene.table.attempts().some((each) => each.id === `${turnId}-a2` && each.state === 'working')
  while (!works() && !scene.ended()) await sleep(20)
}

const put = (scene: Scene, source: string, type: string, detail: unknown) =>
  scene.services.bus.send(
    new PutEventsCommand({
      Entries: [
        { EventBusName: 'vigil', Source: source, DetailType: type, Detail: JSON.stringify(detail) },
      ],
    }),
  )

const stoppedEvent = (scene: Scene, number: number, lastStatus = 'STOPPED') => {
  const attempts = scene.table.attempts()
  const of = attempts.find(({ id }) => id.endsWith(`-t1-a${number}`))
  return put(scene, 'aws.ecs', 'ECS Task State Change', {
    taskArn: of?.taskArn,
    startedBy: of?.id,
    lastStatus,
    desiredStatus: 'STOPPED',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    containers: [{ exitCode: 137 }],
  })
}

const lost: Omit<FaultRow, 'name' | 'does'> = {
  class: 'worker.lost',
  agent: 'goes-silent',
  ends: 'no_plan',
  inject: kill,
}

const whole: Omit<FaultRow, 'name' | 'does'> = {
  class: 'none',
  phase: 'code',
  ends: 'executed',
  inject: async (scene) => {
    await scene.hit(() => true)
  },
}

/** Calls and events that come twice, late, never, or in another order. */
export const deliveryFaults: readonly FaultRow[] = [
  {
    ...lost,
    name: 'event-twice',
    does: "a task's end is told twice",
    deliveries: [{ to: 'onTaskStopped', does: 'twice' }],
    limits: DEAD,
  },
  {
    ...lost,
    name: 'event-late',
    does: "a task's end is told five seconds late: the heartbeat is faster",
    class: 'worker.unresponsive',
    deliveries: [{ to: 'onTaskStopped', holding: '-t1-a1"', does: 'late', ms: 5_000 }],
    config: { clocks: { start: 3, fence: 1 } },
    limits: { noticed: 4_000 },
  },
  {
    ...lost,
    name: 'event-lost',
    does: "a task's end is told to nobody: the sweeper finds it",
    deliveries: [{ to: 'onTaskStopped', holding: '-t1-a1"', does: 'lost' }],
    settings: { VIGIL_SWEEP_SECONDS: '1' },
    limits: { noticed: 3_000 },
    holds: ({ table }) =>
      table.events().some(({ event }) => event.kind === 'sweep.corrected')
        ? []
        : ['no correction is said'],
  },
  {
    ...lost,
    name: 'event-stale',
    does: "the end of the first attempt's task is told again while the second works",
    inject: async (scene) => {
      await kill(scene)
      await nextWorks(scene)
      await stoppedEvent(scene, 1, 'STOPPING')
      await stoppedEvent(scene, 1)
    },
    config: { variables: { FAULT_PAUSE: '2' } },
    limits: DEAD,
  },
  {
    ...whole,
    name: 'execution-end-twice',
    does: 'the end of a pipeline is told three times more, as a failure, once its run has ended',
    inject: async (scene) => {
      await scene.hit(({ state }) => state === 'succeeded')
      while (!scene.ended()) await sleep(20)
      scene.faultAt = Date.now()
      const machine = 'arn:aws:states:local:000000000000:stateMachine:pipeline'
      const detail = { stateMachineArn: machine, name: scene.runId, status: 'FAILED', error: 'x' }
      for (let round = 0; round < 3; round += 1)
        await put(scene, 'aws.states', 'Step Functions Execution Status Change', detail)
    },
  },
  {
    ...whole,
    name: 'steps-twice',
    does: 'every function is invoked twice, one after the other',
    deliveries: [{ to: '*', does: 'twice' }],
  },
  {
    ...whole,
    name: 'steps-twice-at-once',
    does: 'every function is invoked twice at the same time',
    deliveries: [{ to: '*', does: 'twice_at_once' }],
  },
  {
    ...whole,
    name: 'steps-answers-lost',
    does: 'the first answer of every step but RunAgent is lost',
    deliveries: [
      { to: 'RunAgent', holding: '-', does: 'late', ms: 0 },
      { to: '*', does: 'answer_lost', times: 1 },
    ],
  },
  {
    ...whole,
    name: 'steps-refused',
    does: 'the first invocation of every step but RunAgent fails in Lambda itself',
    deliveries: [
      { to: 'RunAgent', holding: '-', does: 'late', ms: 0 },
      { to: '*', does: 'refused', times: 1 },
    ],
  },
  {
    ...whole,
    name: 'launch-answer-lost',
    class: 'launch.throttled',
    does: 'a task is started, and the answer of RunAgent is lost',
    phase: 'discovery',
    ends: 'no_plan',
    deliveries: [{ to: 'RunAgent', holding: '-t1-a1"', does: 'answer_lost' }],
  },
  {
    ...lost,
    name: 'token-stale',
    config: { variables: { FAULT_PAUSE: '2' } },
    does: 'somebody answers with the token of an attempt that is over',
    inject: async (scene) => {
      await scene.signed('fault')
      const { taskToken } = await scene.hit((attempt) => attempt.taskToken !== undefined)
      await kill(scene)
      await nextWorks(scene)
      const { workflows } = scene.services
      const output = JSON.stringify({ attemptId: scene.target()?.id })
      const taken = await Promise.allSettled([
        workflows.send(new SendTaskSuccessCommand({ taskToken, output })),
        workflows.send(new SendTaskFailureCommand({ taskToken, error: 'bug' })),
      ])
      if (taken.some(({ status }) => status === 'fulfilled'))
        throw new Error('a stale token was accepted')
    },
    limits: DEAD,
  },
]
