import { byStatus } from '#containers/agent/runtimes/by-status.ts'
import { jsonLine } from '#containers/agent/runtimes/json-line.ts'
import type { AgentExit, Reader } from '#containers/agent/runtimes/runtime.ts'
import type { AgentEvent } from '#core/contracts/agent-protocol.ts'
import type { AgentRequest } from '#core/contracts/agent-request.ts'
import type { FaultClass } from '#core/faults.ts'
import { type CodexItem, CodexLine } from './codex-line.ts'

/** Reads Codex's stream. It says no cost, and of a failed turn no status but in its fixed words. */
export const codexReader = ({ model = UNKNOWN_MODEL }: Pick<AgentRequest, 'model'>): Reader => {
  let failure: string | undefined
  let completed = false
  return {
    parse: (text) => {
      const line = jsonLine(CodexLine, text)
      if (line?.type === 'turn.completed') completed = true
      if (line?.type === 'turn.failed') failure = line.error.message
      return line ? eventsOf(line, model) : []
    },
    settle: (exit) => settle(exit, completed, failure),
  }
}

/** A model that the project does not name: the one that Codex takes by itself. */
const UNKNOWN_MODEL = 'codex'

const settle = (
  { code }: AgentExit,
  completed: boolean,
  failure: string | undefined,
): FaultClass | undefined => {
  if (failure !== undefined) return byStatus(statusIn(failure))
  if (code === 126 || code === 127) return 'agent.config'
  if (code !== 0) return 'agent.crashed'
  return completed ? undefined : 'agent.no_output'
}

const eventsOf = (line: CodexLine, model: string): AgentEvent[] => {
  switch (line.type) {
    case 'thread.started':
      return [{ type: 'session', id: line.thread_id }]
    case 'item.started':
      return started(line.item)
    case 'item.updated':
      return isTool(line.item) ? [{ type: 'tool_output', id: line.item.id, text: '' }] : []
    case 'item.completed':
      return ended(line.item)
    case 'error':
      return [retryOf(line.message)]
    case 'turn.failed':
      return []
    case 'turn.completed': {
      const { usage } = line
      const tokens = {
        inputTokens: Math.max(0, usage.input_tokens - usage.cached_input_tokens),
        cacheReadTokens: usage.cached_input_tokens,
        cacheWriteTokens: usage.cache_write_input_tokens,
        outputTokens: Math.max(0, usage.output_tokens - usage.reasoning_output_tokens),
        reasoningTokens: usage.reasoning_output_tokens,
      }
      return [{ type: 'usage', usage: { [model]: tokens } }]
    }
  }
}

const started = (item: CodexItem): AgentEvent[] =>
  isTool(item) ? [{ type: 'tool_start', id: item.id, ...callOf(item) }] : []

const ended = (item: CodexItem): AgentEvent[] => {
  if (item.type === 'agent_message') return [{ type: 'text', text: item.text }]
  if (item.type === 'reasoning') return [{ type: 'thinking', text: item.text }]
  const exit = item.type === 'command_execution' ? (item.exit_code ?? undefined) : undefined
  const ok = 'status' in item ? item.status !== 'failed' && (exit ?? 0) === 0 : true
  return [{ type: 'tool_end', id: item.id, ok, ...(exit !== undefined && { exit }) }]
}

const isTool = ({ type }: CodexItem): boolean => type !== 'agent_message' && type !== 'reasoning'

const callOf = (item: CodexItem): { name: string; summary: string } => {
  switch (item.type) {
    case 'command_execution':
      return { name: 'Bash', summary: oneLine(item.command) }
    case 'mcp_tool_call':
      return { name: item.tool, summary: item.server }
    case 'web_search':
      return { name: 'Search', summary: oneLine(item.query) }
    default:
      return { name: 'Edit', summary: '' }
  }
}

const oneLine = (text: string): string => (text.split('\n', 1)[0] ?? '').slice(0, 200)

const retryOf = (message: string): AgentEvent => {
  const status = statusIn(message)
  return { type: 'retry', ...(status !== undefined && { status }) }
}

const statusIn = (message: string): number | undefined => {
  const [, status] = /unexpected status (\d{3})/.exec(message) ?? []
  return status === undefined ? undefined : Number(status)
}
