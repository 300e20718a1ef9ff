import { createWriteStream } from 'node:fs'
import { execa } from 'execa'
import type { AgentExit, Command } from '#containers/agent/runtimes/runtime.ts'
import type { AsAgent } from './as-agent.ts'
import { lineSplitter } from './lines.ts'

/**
 * Runs an agent's process to its end: own process group, stdin closed, every line of stdout handed
 * over and kept in the transcript, stderr kept aside. Answers how it ended.
 */
export const runAgentProcess = async (
  command: Command,
  options: {
    cwd: string
    env: Record<string, string>
    transcript: string
    stderr: string
    asAgent: AsAgent
    onStart: (pid: number) => void
    onLine: (line: string) => void
  },
): Promise<AgentExit> => {
  const [program, ...args] = options.asAgent(command.argv)
  const transcript = boundedFile(options.transcript)
  const stderr = boundedFile(options.stderr)
  const child = execa(program, args, {
    cwd: options.cwd,
    env: { ...options.env, ...command.env },
    extendEnv: false,
    stdin: 'ignore',
    buffer: false,
    reject: false,
    detached: true,
    cleanup: false,
  })
  if (child.pid !== undefined) options.onStart(child.pid)
  const lines = lineSplitter(options.onLine)
  child.stdout?.on('data', (chunk: Buffer) => {
    transcript.write(chunk)
    lines.push(chunk)
  })
  child.stderr?.on('data', (chunk: Buffer) => stderr.write(chunk))
  const { exitCode, signal, code } = await child
  lines.end()
  await Promise.all([transcript.end(), stderr.end()])
  if (code === 'ENOENT' || code === 'EACCES')
    return { code: code === 'ENOENT' ? 127 : 126, signal: null }
  return { code: exitCode ?? null, signal: signal ?? null }
}

/** A file that takes no more than so much: a flood of output must not fill the disk. */
const boundedFile = (path: string) => {
  const stream = createWriteStream(path)
  let left = FILE_MAX_BYTES
  return {
    write: (chunk: Buffer): void => {
      if (left <= 0) return
      stream.write(chunk.subarray(0, left))
      left -= chunk.length
    },
    end: () => new Promise<void>((resolve) => stream.end(() => resolve())),
  }
}

const FILE_MAX_BYTES = 50 * 1024 * 1024
