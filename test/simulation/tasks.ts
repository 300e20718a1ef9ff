import {
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
} from '@aws-sdk/client-ecs'
import type { PlaneClock } from './plane-clock.ts'
import { errorOf, type Launch, type SimulatedTask, shown, type TaskStop } from './task.ts'

/** ECS as far as the plane asks it. */
export interface SimulatedTasks {
  readonly client: ECSClient
  readonly tasks: SimulatedTask[]
  /** Consulted by each RunTask that starts a task. */
  launch: Launch
  /** Until then it can't tell: a young task is not known yet, or asking gives an error. */
  blind: { until: number; how: 'missing' | 'error' }
  /** A task comes to its end; the event of it goes out. */
  end(task: SimulatedTask, stop: TaskStop): void
}

/** ECS with tasks that are records. `ended` gets each task that stopped, `started` each that is new. */
export const simulatedTasks = (
  clock: PlaneClock,
  { started, ended }: { started(task: SimulatedTask): void; ended(task: SimulatedTask): void },
): SimulatedTasks => {
  const byToken = new Map<string, SimulatedTask>()
  const ecs: SimulatedTasks = {
    client: Object.assign(Object.create(ECSClient.prototype), { send: (c: unknown) => send(c) }),
    tasks: [],
    launch: 'runs',
    blind: { until: 0, how: 'missing' },
    end: (task, { exitCode, reason, ...stop }) => {
      if (task.lastStatus === 'STOPPED') return
      const container = {
        ...(exitCode !== undefined && { exitCode }),
        ...(reason !== undefined && { reason }),
      }
      const now = { stoppedAt: new Date(clock.now()), containers: [container] }
      Object.assign(task, { stopCode: stop.stopCode, stoppedReason: stop.stoppedReason }, now)
      Object.assign(task, { lastStatus: 'STOPPED', desiredStatus: 'STOPPED' })
      task.stopped?.()
      ended(task)
    },
  }
  const run = async ({ clientToken, startedBy = '' }: RunTaskCommandInput) => {
    const launch = ecs.launch
    ecs.launch = 'runs'
    const refusal = REFUSALS[launch]
    if (refusal) return refusal()
    const before = clientToken === undefined ? undefined : byToken.get(clientToken)
    const task: SimulatedTask = before ?? {
      taskArn: `arn:aws:ecs:sim:0:task/vigil/${ecs.tasks.length + 1}`,
      startedBy,
      createdAt: clock.now(),
      lastStatus: 'PROVISIONING',
      desiredStatus: 'RUNNING',
      containers: [{}],
    }
    if (!before) {
      if (clientToken !== undefined) byToken.set(clientToken, task)
      ecs.tasks.push(task)
      started(task)
    }
    if (launch === 'slow') await clock.sleep(SLOW_SECONDS)
    if (launch === 'lost') throw errorOf('TimeoutError', { code: 'ETIMEDOUT' })
    return { tasks: [shown(task)], failures: [] }
  }
  const stop = (arn: string | undefined) => {
    const task = ecs.tasks.find(({ taskArn }) => taskArn === arn)
    if (!task) throw errorOf('InvalidParameterException')
    if (task.desiredStatus === 'STOPPED') return { task: shown(task) }
    task.desiredStatus = 'STOPPED'
    task.stopping?.()
    const grace = task.lastStatus === 'RUNNING' ? GRACE_SECONDS : UNSTARTED_SECONDS
    clock.later(grace, () => ecs.end(task, STOPPED_BY_USER))
    return { task: shown(task) }
  }
  const describe = (arns: readonly string[]) => {
    const blind = clock.now() < ecs.blind.until
    if (blind && ecs.blind.how === 'error') throw errorOf('ServerException', { $fault: 'server' })
    const known = ecs.tasks
      .filter(({ taskArn }) => arns.includes(taskArn))
      .filter(({ createdAt }) => !blind || clock.now() - createdAt > YOUNG_MS)
    const missing = arns.filter((arn) => !known.some(({ taskArn }) => taskArn === arn))
    return {
      tasks: known.map(shown),
      failures: missing.map((arn) => ({ arn, reason: 'MISSING' })),
    }
  }
  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof RunTaskCommand) return run(command.input)
    if (command instanceof StopTaskCommand) return stop(command.input.task)
    if (command instanceof DescribeTasksCommand) return describe(command.input.tasks ?? [])
    if (command instanceof DescribeTaskDefinitionCommand) return { taskDefinition: SIZE }
    if (!(command instanceof ListTasksCommand)) throw new TypeError('ECS is not asked so')
    const { startedBy, desiredStatus = 'RUNNING' } = command.input
    const listed = ecs.tasks
      .filter((task) => task.desiredStatus === desiredStatus)
      .filter((task) => startedBy === undefined || task.startedBy === startedBy)
    return { taskArns: listed.map(({ taskArn }) => taskArn) }
  }
  return ecs
}

const SLOW_SECONDS = 5
const YOUNG_MS = 120_000
const UNSTARTED_SECONDS = 5

/** Between SIGTERM and SIGKILL. */
export const GRACE_SECONDS = 30

const SIZE = { cpu: '1024', memory: '4096' }

const STOPPED_BY_USER: TaskStop = {
  stopCode: 'UserInitiated',
  stoppedReason: 'attempt is over',
  exitCode: 137,
}

const REFUSALS: Partial<Record<Launch, () => object>> = {
  capacity: () => ({ tasks: [], failures: [{ reason: 'RESOURCE:CPU' }] }),
  throttled: () => {
    throw errorOf('ThrottlingException')
  },
  quota: () => {
    throw errorOf('LimitExceededException')
  },
  refused: () => {
    throw errorOf('ClientException')
  },
}
