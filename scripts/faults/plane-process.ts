import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Delivery } from './deliveries.ts'

/** A plane in a process of its own. */
export interface PlaneProcess {
  readonly url: string
  readonly token: string
  /** Second answers that were not the first. */
  readonly differs: readonly string[]
  /** Sets its clock ahead of the machine's, or behind. */
  jump(aheadMs: number): Promise<void>
  kill(): Promise<void>
  /** Stops it in good order. */
  close(): Promise<void>
}

/** Starts a plane on a data folder and waits until it answers. */
export const startPlane = async (options: {
  home: string
  deliveries: readonly Delivery[]
  settings: Readonly<Record<string, string>>
}): Promise<PlaneProcess> => {
  const child = fork(PLANE, [options.home, JSON.stringify(options.deliveries)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { PATH: process.env.PATH, HOME: options.home, ...options.settings },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said += chunk
  })
  const differs: string[] = []
  const ready = new Promise<{ url: string; token: string }>((resolve, reject) => {
    child.on('message', (message) => {
      const { url, token, differs: differing } = Object(message)
      if (url !== undefined) resolve({ url, token })
      if (differing !== undefined) differs.push(differing)
    })
    child.once('exit', () => reject(new Error(`the plane ended: ${said.slice(0, 500)}`)))
  })
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal)
    const last = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS)
    while (isRunning(child)) await once(child, 'exit')
    clearTimeout(last)
  }
  return {
    ...(await ready),
    differs,
    jump: async (aheadMs) => {
      child.send({ aheadMs })
      await once(child, 'message')
    },
    kill: () => end('SIGKILL'),
    close: () => end('SIGTERM'),
  }
}

const PLANE = fileURLToPath(new URL('./plane.ts', import.meta.url))

/** More than a task has between SIGTERM and SIGKILL. */
const CLOSE_MS = 45_000

const isRunning = (child: ChildProcess): boolean =>
  child.exitCode === null && child.signalCode === null
