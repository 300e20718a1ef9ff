import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { environment } from '#core/settings.ts'
import { PlaneError } from '#infra/local/plane-error.ts'
import { isAlive, processStartTime, processWith } from '#infra/local/processes.ts'
import { ownsPort } from './owns-port.ts'

/** What starts a table engine on a port. */
export interface EngineCommand {
  /** As it is called in messages. */
  readonly name: string
  readonly program: string
  readonly args: readonly string[]
  /** What to do when the program is not there. */
  readonly missing: string
}

/** A process that was written down. */
export interface KnownProcess {
  readonly pid: number
  readonly startTime: string
}

/**
 * Starts an engine for a data folder and waits until it answers. It outlives its plane when that is
 * killed. Throws a PlaneError that says why it does not run.
 */
export const startEngine = async (
  command: EngineCommand,
  to: { folder: string; port: number; log: string; startMs?: number },
): Promise<KnownProcess> => {
  const log = openSync(to.log, 'a')
  const before = statSync(to.log).size
  const child = spawn(command.program, command.args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: engineEnvironment(to.folder),
  })
  closeSync(log)
  child.unref()
  const known = await spawned(child, command)
  const because = () => `${lastWords(to.log, before)}see ${to.log}`
  const startMs = to.startMs ?? START_MS
  for (const deadline = Date.now() + startMs; !(await answers(known.pid, to.port)); ) {
    if (!isAlive(known))
      throw new PlaneError(`the table engine ${command.name} stopped at its start: ${because()}`)
    if (Date.now() > deadline) {
      await stopProcess(known)
      throw new PlaneError(
        `the table engine ${command.name} did not answer in ${startMs / 1000} s: ${because()}`,
      )
    }
    await sleep(10)
  }
  return known
}

/** Ends a process that was written down, if it is still the same one. */
export const stopProcess = async (known: KnownProcess): Promise<void> => {
  if (isAlive(known)) process.kill(known.pid, 'SIGTERM')
  for (let round = 0; isAlive(known); round += 1) {
    if (round === PATIENCE) process.kill(known.pid, 'SIGKILL')
    await sleep(10)
  }
}

/** Ends whatever engine still runs on a data folder, also one that died before it was written down. */
export const endEnginesOf = async (folder: string): Promise<void> => {
  for (;;) {
    const pid = processWith(marker(folder))
    const startTime = pid === undefined ? undefined : processStartTime(pid)
    if (pid === undefined || startTime === undefined) return
    await stopProcess({ pid, startTime })
  }
}

/** A JVM on a busy machine takes seconds. */
const START_MS = 30_000

/** Rounds of 10 ms between SIGTERM and SIGKILL: what was answered is on the disk either way. */
const PATIENCE = 100

const PASSED_ON = ['HOME', 'JAVA_HOME', 'LANG', 'PATH', 'TMPDIR']

const engineEnvironment = (folder: string): NodeJS.ProcessEnv => {
  const own = Object.entries(environment()).filter(([name]) => PASSED_ON.includes(name))
  const [name = '', value] = marker(folder).split(/=(.*)/s)
  return { ...Object.fromEntries(own), [name]: value }
}

const marker = (folder: string): string => `VIGIL_TABLE_OF=${folder}`

const spawned = async (child: ChildProcess, command: EngineCommand): Promise<KnownProcess> => {
  try {
    await once(child, 'spawn')
  } catch (error) {
    throw new PlaneError(
      `the table engine ${command.name} cannot be started (${String(error)}): ${command.missing}`,
    )
  }
  const pid = child.pid ?? 0
  return { pid, startTime: processStartTime(pid) ?? '' }
}

const answers = async (pid: number, port: number): Promise<boolean> =>
  ownsPort(pid, port) &&
  fetch(`http://127.0.0.1:${port}`, { signal: AbortSignal.timeout(1_000) }).then(
    () => true,
    () => false,
  )

/** The line of a log that most likely says why: the first that tells of an error, else the last. */
const lastWords = (log: string, from: number): string => {
  const lines = readFileSync(log).subarray(from).toString('utf8').split('\n').filter(Boolean)
  const line = lines.find((text) => /error|exception|panic/i.test(text)) ?? lines.at(-1)
  return line === undefined ? '' : `${line.trim().slice(0, 300)}; `
}
