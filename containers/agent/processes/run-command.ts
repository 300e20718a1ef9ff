import type { ChildProcess } from 'node:child_process'
import { StringDecoder } from 'node:string_decoder'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CommandResult } from '#core/contracts/proof.ts'
import type { AsAgent } from './as-agent.ts'
import { exitOf, outputOf } from './exit-of.ts'
import { startGroup } from './start-group.ts'

/**
 * Runs one command of the plane's own in a folder, as the agent would: timeout, exit, last 4 KB. It
 * is over when its shell is: what that left in its process group is killed, and not waited for.
 * `patience` in milliseconds is what SIGTERM has before SIGKILL.
 */
export const runCommand = async (
  command: string,
  options: {
    cwd: string
    env: Record<string, string>
    timeoutSeconds: number
    signal: AbortSignal
    asAgent: AsAgent
  },
  patience = 5_000,
): Promise<CommandResult> => {
  const began = Date.now()
  const child = startGroup(options.asAgent(['/bin/sh', '-c', command]), options)
  if (!child) return { command, exit: 126, timedOut: false, durationMs: 0, tail: '' }
  const tail = tailOf(child)
  const over = new AbortController()
  let timedOut = false
  const limit = Math.min(options.timeoutSeconds * 1000, TIMER_MAX_MS)
  const timeout = sleep(limit, undefined, { signal: over.signal }).then(
    () => {
      timedOut = true
      return endGroup(child, patience, over.signal)
    },
    () => undefined,
  )
  const stop = () => void endGroup(child, patience, over.signal)
  options.signal.addEventListener('abort', stop, { once: true })
  if (options.signal.aborted) stop()
  const exited = exitOf(child).finally(() => signalGroup(child, 'SIGKILL'))
  const output = outputOf(child, exited)
  const { code: exit } = await exited
  const durationMs = Date.now() - began
  over.abort()
  options.signal.removeEventListener('abort', stop)
  await Promise.all([timeout, output])
  return { command, exit, timedOut, durationMs, tail: tail() }
}

const TIMER_MAX_MS = 2 ** 31 - 1
const TAIL_CHARACTERS = 4_096

const endGroup = async (
  child: ChildProcess,
  patience: number,
  over: AbortSignal,
): Promise<void> => {
  signalGroup(child, 'SIGTERM')
  await sleep(patience, undefined, { signal: over }).catch(() => undefined)
  signalGroup(child, 'SIGKILL')
}

const signalGroup = ({ pid }: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void => {
  try {
    if (pid !== undefined) process.kill(-pid, signal)
  } catch {
    // All of it went by itself.
  }
}

const tailOf = ({ stdout, stderr }: ChildProcess): (() => string) => {
  let tail = ''
  for (const stream of [stdout, stderr]) {
    const decoder = new StringDecoder('utf8')
    stream?.on('data', (chunk: Buffer) => {
      tail = (tail + decoder.write(chunk)).slice(-TAIL_CHARACTERS)
    })
  }
  return () => tail
}
