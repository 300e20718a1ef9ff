import { StopTaskCommand } from '@aws-sdk/client-ecs'
import type { FaultClass } from '#core/faults.ts'
import type { Delivery } from '../deliveries.ts'
import type { FaultRow } from '../row.ts'
import type { Scene } from '../scene.ts'
import { signalSupervisor } from '../supervisor-of.ts'
import { DEAD } from './limits.ts'

/** The event of the first task's end says what the local ECS cannot. */
const said = (detail: Record<string, unknown>): readonly Delivery[] => [
  { to: 'onTaskStopped', holding: '-t1-a1"', does: 'changed', detail },
]

/** Where the next attempt was placed. */
const second = ({ table }: Scene) => table.attempts().find(({ number }) => number === 2)?.placement

const stopTask = async (scene: Scene): Promise<void> => {
  await scene.signed('fault')
  const { taskArn } = await scene.hit((attempt) => attempt.taskArn !== undefined)
  await scene.services.tasks.send(new StopTaskCommand({ cluster: 'vigil', task: taskArn }))
  scene.faultAt = Date.now()
}

const kill = async (scene: Scene): Promise<void> => {
  await scene.signed('fault')
  signalSupervisor(scene, 'SIGKILL')
}

const stopped = (
  name: string,
  fault: FaultClass,
  does: string,
  detail: Record<string, unknown>,
  inject: (scene: Scene) => Promise<void> = kill,
): FaultRow => ({
  name,
  class: fault,
  does,
  agent: 'goes-silent',
  ends: 'no_plan',
  deliveries: said(detail),
  limits: DEAD,
  inject,
})

/** Never came to an agent, so that there is none to sign. */
const unstarted = (
  name: string,
  fault: FaultClass,
  does: string,
  detail: Record<string, unknown>,
): FaultRow => ({
  ...stopped(name, fault, does, { stopCode: 'TaskFailedToStart', ...detail }),
  agent: 'works',
  preload: 'fails-at-start',
  limits: { noticed: 5_000 }, // From the launch: its process must come up to fail.
  inject: async (scene) => {
    await scene.hit(() => true)
    scene.faultAt = Date.now()
  },
})

/** Tasks that come to an end which ECS tells of. */
export const stopFaults: readonly FaultRow[] = [
  {
    ...stopped('task-stopped', 'worker.lost', 'is stopped by somebody', {}, stopTask),
    deliveries: [],
    limits: { noticed: 3_000, stopped: 2_000 },
  },
  {
    ...stopped(
      'task-reclaimed',
      'worker.reclaimed',
      'loses its spot capacity',
      { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' },
      stopTask,
    ),
    limits: { noticed: 3_000, stopped: 2_000 },
    holds: (scene) => (second(scene)?.onDemand ? [] : ['the next attempt is not on demand']),
  },
  stopped('task-host-lost', 'worker.host', 'loses its host', {
    stopCode: 'TerminationNotice',
    stoppedReason: 'Host EC2 terminated.',
  }),
  {
    ...stopped('task-out-of-memory', 'worker.oom', 'is ended by the kernel for want of memory', {
      containers: [
        { exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' },
      ],
    }),
    holds: (scene) => {
      const memory = second(scene)?.size?.memory
      return Number(memory) > 2_048 ? [] : [`the next attempt has ${memory} MiB`]
    },
  },
  {
    ...unstarted('task-without-image', 'worker.image', 'has an image that cannot be pulled', {
      stoppedReason: 'CannotPullContainerError: pull image manifest has been retried 1 time(s)',
    }),
    ends: 'blocked',
    reason: 'worker.image',
  },
  unstarted('task-without-secret', 'worker.never_started', 'has a secret that cannot be read', {
    stoppedReason: 'ResourceInitializationError: unable to pull secrets',
  }),
]
