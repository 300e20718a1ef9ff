import { byStatus } from '#containers/agent/runtimes/by-status.ts'
import { jsonLine } from '#containers/agent/runtimes/json-line.ts'
import type { AgentExit, Reader } from '#containers/agent/runtimes/runtime.ts'
import type { AgentEvent } from '#core/contracts/agent-protocol.ts'
import type { AgentRequest } from '#core/contracts/agent-request.ts'
import { ModelUsage } from '#core/contracts/usage.ts'
import type { FaultClass } from '#core/faults.ts'
import { OpencodeLine } from './opencode-line.ts'

type Line<T extends OpencodeLine['type']> = Extract<OpencodeLine, { type: T }>

/**
 * Reads opencode's stream. A tool call is told only when it is over, so that a whole step counts as a
 * call in flight: one long tool must not be taken for silence (T2).
 */
export const opencodeReader = ({ model = UNKNOWN_MODEL }: Pick<AgentRequest, 'model'>): Reader => {
  let error: Line<'error'> | undefined
  let steps = 0
  let spent = ModelUsage.parse({})
  const eventsOf = (line: OpencodeLine): AgentEvent[] => {
    switch (line.type) {
      case 'step_start':
        steps += 1
        return [
          { type: 'session', id: line.sessionID },
          { type: 'tool_start', id: `step-${steps}`, name: 'step', summary: `${steps}` },
        ]
      case 'text':
        return [{ type: 'text', text: line.part.text }]
      case 'reasoning':
        return [{ type: 'thinking', text: line.part.text }]
      case 'tool_use':
        return callOf(line)
      case 'step_finish':
        spent = sum(spent, line)
        return [
          { type: 'tool_end', id: `step-${steps}`, ok: true },
          { type: 'usage', usage: { [model]: spent } },
        ]
      case 'error':
        return []
    }
  }
  return {
    parse: (text) => {
      const line = jsonLine(OpencodeLine, text)
      if (line?.type === 'error') error = line
      return line ? eventsOf(line) : []
    },
    settle: (exit) => settle(exit, error, steps),
  }
}

/** A model that the project does not name: the one that opencode takes by itself. */
const UNKNOWN_MODEL = 'opencode'

const settle = (
  { code }: AgentExit,
  error: Line<'error'> | undefined,
  steps: number,
): FaultClass | undefined => {
  if (error) return NAMED.get(error.error.name) ?? byStatus(error.error.data?.statusCode)
  if (code === 126 || code === 127) return 'agent.config'
  if (code !== 0) return 'agent.crashed'
  return steps > 0 ? undefined : 'agent.no_output'
}

/** Names of its errors that have no status. */
const NAMED = new Map<string, FaultClass>([
  ['ProviderAuthError', 'provider.auth'],
  ['ProviderModelNotFoundError', 'model.unavailable'],
  ['ContextOverflowError', 'agent.context_full'],
])

const callOf = ({ part }: Line<'tool_use'>): AgentEvent[] => {
  const { callID: id, tool: name, state } = part
  const exit = state.metadata?.exit ?? undefined
  const summary = (state.title ?? '').split('\n', 1)[0]?.slice(0, 200) ?? ''
  const ok = state.status === 'completed' && (exit ?? 0) === 0
  return [
    { type: 'tool_start', id, name, summary },
    { type: 'tool_end', id, ok, ...(exit !== undefined && { exit }) },
  ]
}

const sum = (before: ModelUsage, { part }: Line<'step_finish'>): ModelUsage => {
  const { tokens, cost } = part
  return {
    inputTokens: before.inputTokens + tokens.input,
    outputTokens: before.outputTokens + tokens.output,
    cacheReadTokens: before.cacheReadTokens + tokens.cache.read,
    cacheWriteTokens: before.cacheWriteTokens + tokens.cache.write,
    reasoningTokens: before.reasoningTokens + tokens.reasoning,
    ...(cost !== undefined && { usd: (before.usd ?? 0) + cost }),
  }
}
