import { execa } from 'execa'
import type { CommandResult } from '#core/contracts/proof.ts'
import type { AsAgent } from './as-agent.ts'

/** Runs one command of the plane's own in a folder, as the agent would: timeout, exit, last 4 KB. */
export const runCommand = async (
  command: string,
  options: {
    cwd: string
    env: Record<string, string>
    timeoutSeconds: number
    signal: AbortSignal
    asAgent: AsAgent
  },
): Promise<CommandResult> => {
  const began = Date.now()
  let tail = ''
  const [program, ...args] = options.asAgent(['/bin/sh', '-c', command])
  const child = execa(program, args, {
    cwd: options.cwd,
    env: options.env,
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    buffer: false,
    reject: false,
    timeout: options.timeoutSeconds * 1000,
    cancelSignal: options.signal,
    forceKillAfterDelay: 5_000,
  })
  child.all?.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString('utf8')).slice(-TAIL_CHARACTERS)
  })
  const { exitCode, timedOut } = await child
  return { command, exit: exitCode ?? null, timedOut, durationMs: Date.now() - began, tail }
}

const TAIL_CHARACTERS = 4_096
