import type { AgentExit, Command } from '#containers/agent/runtimes/runtime.ts'
import type { AsAgent } from './as-agent.ts'
import type { BoundedFile } from './bounded-file.ts'
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
    transcript: BoundedFile
    stderr: BoundedFile
    asAgent: AsAgent
    onStart: (pid: number) => void
    onLine: (line: string) => void
  },
): Promise<AgentExit> => {
  const env = { ...options.env, ...command.env }
  const child = startGroup(options.asAgent(command.argv), {
    cwd: options.cwd,
    env,
    stdin: command.stdin,
  })
  if (!child) return { code: 126, signal: null }
  const exited = exitOf(child)
  const output = outputOf(child, exited)
  if (child.pid !== undefined) options.onStart(child.pid)
  const lines = lineSplitter(options.onLine)
  child.stdout.on('data', (chunk: Buffer) => {
    options.transcript.write(chunk)
    lines.push(chunk)
  })
  child.stderr.on('data', (chunk: Buffer) => options.stderr.write(chunk))
  await output
  lines.end()
  return exited
}
