import { fileURLToPath } from 'node:url'
import { Fault } from '#core/faults.ts'
import { claude } from './claude/claude.ts'
import { codex } from './codex/codex.ts'
import { commandRuntime } from './command/command.ts'
import { copilot } from './copilot/copilot.ts'
import { opencode } from './opencode/opencode.ts'
import type { Runtime } from './runtime.ts'

/** The runtime of a project's agent. Throws `agent.config` for one that nobody knows. */
export const chooseRuntime = (agent: string): Runtime => {
  if (agent === 'janitor') return commandRuntime('janitor', [process.execPath, janitor()])
  const named = NAMED.find(({ id }) => id === agent)
  if (named) return named
  if (agent.startsWith('command:'))
    return commandRuntime('command', ['/bin/sh', '-c', `exec ${agent.slice('command:'.length)}`])
  throw new Fault('agent.config', `unknown agent: ${agent}`)
}

const NAMED: readonly Runtime[] = [claude, codex, opencode, copilot]

const janitor = (): string =>
  fileURLToPath(import.meta.resolve('#containers/agent/janitor/main.ts'))
