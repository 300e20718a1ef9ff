import { createWriteStream } from 'node:fs'
import type { AgentExit, Command } from '#containers/agent/runtimes/runtime.ts'
import type { AsAgent } from './as-agent.ts'
import { exitOf, outputOf } from './exit-of.ts'
import { lineSplitter } from './lines.ts'
import { startGroup } from './start-group.ts'

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
  const env = { ...options.env, ...command.env }
  const child = startGroup(options.asAgent(command.argv), { cwd: options.cwd, env })
  if (!child) return { code: 126, signal: null }
  const transcript = boundedFile(options.transcript)
  const stderr = boundedFile(options.stderr)
  const exited = exitOf(child)
  const output = outputOf(child, exited)
  if (child.pid !== undefined) options.onStart(child.pid)
  const lines = lineSplitter(options.onLine)
  child.stdout.on('data', (chunk: Buffer) => {
    transcript.write(chunk)
    lines.push(chunk)
  })
  child.stderr.on('data', (chunk: Buffer) => stderr.write(chunk))
  await output
  lines.end()
  await Promise.all([transcript.end(), stderr.end()])
  return exited
}

/** A file that takes no more than so much: a flood of output must not fill the disk. */
const boundedFile = (path: string) => {
  const stream = createWriteStream(path)
  stream.on('error', () => undefined) // What cannot be kept does not stop the agent (T17).
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
