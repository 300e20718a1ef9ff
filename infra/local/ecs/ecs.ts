import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, killBelow, processStartTime, processWith } from '#infra/local/processes.ts'
import { type EcsStore, openEcsStore } from './ecs-store.ts'
import type { Task } from './task.ts'
import { taskEnvironment } from './task-environment.ts'
import { type ProcessEnd, startProcess, watchProcess } from './task-process.ts'

/** What a local ECS is given. */
export interface EcsOptions {
  /** Folder of its database and its tasks. */
  readonly folder: string
  readonly region: string
  readonly account: string
  /** What stands for the container's entry point. */
  readonly argv: readonly [string, ...string[]]
  /** Where tasks find the services, and the environment that secrets are taken from. */
  readonly services: () => Record<string, string>
  readonly secrets: NodeJS.ProcessEnv
  /** Address of the metadata endpoint of a task. */
  readonly metadataUri: (taskId: string) => string
  /** Gets each change of a task, as ECS sends it. */
  readonly changed: (task: Task) => Promise<void>
  readonly newId: () => string
  readonly now: () => number
}

/** A local ECS: tasks are processes that outlive the plane and are found again. */
export const openEcs = (options: EcsOptions) => {
  const store = openEcsStore(join(options.folder, 'ecs.db'))
  const engine: EcsEngine = {
    options,
    store,
    closing: false,
    closed: false,
    watching: false,
    change: (task, set) => {
      const changed = { ...task, ...set, version: task.version + 1 }
      store.save(changed)
      options.changed(changed).catch(() => undefined) // Only the end of a task must be heard.
      return changed
    },
    launch: (task) => launch(engine, task),
    stop: (task, reason) => stop(engine, task, reason),
  }
  return {
    engine,
    /** Finds the tasks of a plane that died: alive ones are adopted, dead ones reported. */
    adopt: (): void => {
      engine.watching = true
      for (const task of store.tasks())
        if (task.lastStatus !== 'STOPPED') adopt(engine, task)
        else if (!task.reported) void report(engine, task)
    },
    /** Stops every task and waits until their processes are gone, then closes. One that adopted none leaves them. */
    close: async (): Promise<void> => {
      const open = () => store.tasks().filter(({ lastStatus }) => lastStatus !== 'STOPPED')
      engine.closing = true
      if (engine.watching) {
        for (const task of open()) stop(engine, task, 'the plane was shut down')
        while (open().length > 0) await sleep(20)
      }
      engine.closed = true
      store.close()
    },
  }
}

/** The parts that the operations work with. */
export interface EcsEngine {
  readonly options: EcsOptions
  readonly store: EcsStore
  /** Being shut down: what ends now is reported by the next plane. */
  closing: boolean
  /** What ends from now on is found by the next plane. */
  closed: boolean
  /** Has tasks of its own or adopted ones; until then those of a plane before it are left alone. */
  watching: boolean
  change(task: Task, set: Partial<Task>): Task
  launch(task: Task): void
  stop(task: Task, reason: string): Task
}

const taskFolder = ({ options }: EcsEngine, task: Task): string =>
  join(options.folder, 'tasks', idOf(task.taskArn))

/** The last part of a task's ARN. */
export const idOf = (taskArn: string): string => taskArn.slice(taskArn.lastIndexOf('/') + 1)

const launch = (engine: EcsEngine, task: Task): void => {
  engine.watching = true
  const { options, store } = engine
  const folder = taskFolder(engine, task)
  const definition = store.definition(task.taskDefinitionArn)
  const env = {
    ...taskEnvironment(definition, task, options),
    ECS_CONTAINER_METADATA_URI_V4: options.metadataUri(idOf(task.taskArn)),
    VIGIL_WORKDIR: join(folder, 'work'),
    HOME: folder,
  }
  const process = startProcess(
    options.argv,
    folder,
    env,
    (end) => void ended(engine, task.taskArn, end),
  )
  if (process) engine.change(task, { lastStatus: 'RUNNING', process })
}

const adopt = (engine: EcsEngine, task: Task): void => {
  const known = task.process ?? findProcess(engine, task)
  if (known && isAlive(known)) {
    const adopted = task.process
      ? task
      : engine.change(task, { lastStatus: 'RUNNING', process: known })
    watchProcess(known, (end) => void ended(engine, adopted.taskArn, end))
    if (adopted.desiredStatus === 'STOPPED')
      stop(engine, adopted, adopted.stoppedReason ?? 'stopped')
  } else void ended(engine, task.taskArn, { exitCode: undefined, signal: undefined })
}

const findProcess = ({ options }: EcsEngine, task: Task) => {
  const uri = options.metadataUri(idOf(task.taskArn))
  const pid = processWith(`ECS_CONTAINER_METADATA_URI_V4=${uri}`)
  const startTime = pid === undefined ? undefined : processStartTime(pid)
  return pid === undefined || startTime === undefined ? undefined : { pid, startTime }
}

const stop = (engine: EcsEngine, task: Task, reason: string): Task => {
  const stopping = engine.change(task, {
    lastStatus: 'STOPPING',
    desiredStatus: 'STOPPED',
    stopCode: 'UserInitiated',
    stoppedReason: reason,
  })
  const { process: known } = stopping
  if (!known || !isAlive(known)) return stopping
  process.kill(known.pid, 'SIGTERM')
  const timer = setTimeout(() => isAlive(known) && process.kill(known.pid, 'SIGKILL'), GRACE_MS)
  timer.unref()
  return stopping
}

/** Fargate's default between SIGTERM and SIGKILL is 30 s. */
const GRACE_MS = 30_000

/** The container goes with its first process: whatever else ran in it is dead before it is said. */
const ended = async (engine: EcsEngine, taskArn: string, end: ProcessEnd): Promise<void> => {
  const notStopped = () => {
    const known = engine.closed ? undefined : engine.store.task(taskArn)
    return known?.lastStatus === 'STOPPED' ? undefined : known
  }
  const open = notStopped()
  if (!open) return
  const folder = taskFolder(engine, open)
  await killBelow(folder)
  const task = notStopped() // Somebody else may have seen its end meanwhile.
  if (!task) return
  const code = end.exitCode ?? (end.signal === undefined ? undefined : SIGNALS[end.signal])
  rmSync(join(folder, 'work'), { recursive: true, force: true })
  const stopped = {
    ...task,
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    version: task.version + 1,
    stoppedAt: engine.options.now(),
    stopCode: task.stopCode ?? 'EssentialContainerExited',
    stoppedReason: task.stoppedReason ?? 'Essential container in task exited',
    ...(code !== undefined && { exitCode: code }),
  } as const
  engine.store.save(stopped)
  if (!engine.closing) await report(engine, stopped)
}

/** At least once: a plane that dies in between reports it again. */
const report = async (engine: EcsEngine, stopped: Task): Promise<void> => {
  while (!engine.closing)
    try {
      await engine.options.changed(stopped)
      if (!engine.closing) engine.store.save({ ...stopped, reported: true })
      return
    } catch {
      await sleep(REPORT_AGAIN_MS)
    }
}

const REPORT_AGAIN_MS = 1_000

/** A container's exit code is 128 + the signal that ended it. */
const SIGNALS: Partial<Record<string, number>> = { SIGTERM: 143, SIGKILL: 137, SIGINT: 130 }
