import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive, processStartTime } from '#infra/local/processes.ts'

/** How a task's process ended. */
export interface ProcessEnd {
  readonly exitCode: number | undefined
  readonly signal: string | undefined
}

/** Starts a task's process in a group of its own, so that it outlives the plane, with a log file. */
export const startProcess = (
  argv: readonly [string, ...string[]],
  folder: string,
  env: Record<string, string>,
  ended: (end: ProcessEnd) => void,
): { pid: number; startTime: string } | undefined => {
  mkdirSync(folder, { recursive: true })
  const log = openSync(join(folder, 'task.log'), 'a')
  const [program, ...args] = argv
  const child = spawn(program, args, {
    cwd: folder,
    env,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.on('error', () => ended({ exitCode: undefined, signal: undefined }))
  child.on('exit', (code, signal) =>
    ended({ exitCode: code ?? undefined, signal: signal ?? undefined }),
  )
  child.unref()
  const { pid } = child
  return pid === undefined ? undefined : { pid, startTime: processStartTime(pid) ?? '' }
}

/** Watches a process that another plane started; its exit code cannot be known. */
export const watchProcess = (
  process: { pid: number; startTime: string },
  ended: (end: ProcessEnd) => void,
): void => {
  const timer = setInterval(() => {
    if (isAlive(process)) return
    clearInterval(timer)
    ended({ exitCode: undefined, signal: undefined })
  }, WATCH_MS)
  timer.unref()
}

const WATCH_MS = 250
