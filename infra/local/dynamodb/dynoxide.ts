import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, processStartTime } from '#infra/local/processes.ts'

/** A table engine that is running: where it answers, and how it is stopped. */
export interface TableEngine {
  readonly endpoint: string
  readonly process: { pid: number; startTime: string }
  stop(): Promise<void>
}

/** Path of the embedded engine's binary; undefined where there is none for this platform. */
export const dynoxideBinary = (): string | undefined => {
  try {
    return createRequire(import.meta.url).resolve(
      `@dynoxide/${process.platform}-${process.arch}/dynoxide`,
    )
  } catch {
    return undefined
  }
}

/** Starts the embedded table engine on a file and waits until it answers. */
export const startDynoxide = async (
  binary: string,
  options: { file: string; port: number; log: string },
): Promise<TableEngine> => {
  const log = openSync(options.log, 'a')
  const args = ['--host', '127.0.0.1', '--port', String(options.port), '--db-path', options.file]
  const child = spawn(binary, args, { detached: true, stdio: ['ignore', log, log] })
  closeSync(log)
  child.unref()
  const { pid } = child
  if (pid === undefined) throw new Error(`the table engine ${binary} could not be started`)
  const known = { pid, startTime: processStartTime(pid) ?? '' }
  const endpoint = `http://127.0.0.1:${options.port}`
  await answers(endpoint, known, options.log)
  return { endpoint, process: known, stop: () => stopProcess(known) }
}

/** Ends a process that was written down, if it is still the same one. */
export const stopProcess = async (known: { pid: number; startTime: string }): Promise<void> => {
  if (isAlive(known)) process.kill(known.pid, 'SIGTERM')
  for (let round = 0; isAlive(known); round += 1) {
    if (round === PATIENCE) process.kill(known.pid, 'SIGKILL')
    await sleep(10)
  }
}

const PATIENCE = 300

const answers = async (
  endpoint: string,
  known: { pid: number; startTime: string },
  log: string,
): Promise<void> => {
  for (;;) {
    if (!isAlive(known)) throw new Error(`the table engine stopped at its start; see ${log}`)
    const up = await fetch(endpoint).then(
      () => true,
      () => false,
    )
    if (up) return
    await sleep(10)
  }
}
