import { byStatus } from '#containers/agent/runtimes/by-status.ts'
import { jsonLine } from '#containers/agent/runtimes/json-line.ts'
import type { AgentExit, Reader } from '#containers/agent/runtimes/runtime.ts'
import type { AgentEvent } from '#core/contracts/agent-protocol.ts'
import type { FaultClass } from '#core/faults.ts'
import { CopilotLine } from './copilot-line.ts'

type Line<T extends CopilotLine['type']> = Extract<CopilotLine, { type: T }>

/** Reads Copilot's stream, in a session that it was given. It says neither tokens nor cost: unknown, which is not zero. */
export const copilotReader = (sessionId: string): Reader => {
  let told = false
  let error: Line<'session.error'> | undefined
  let result: Line<'result'> | undefined
  return {
    parse: (text) => {
      const line = jsonLine(CopilotLine, text)
      if (line?.type === 'session.error') error = line
      if (line?.type === 'result') result = line
      if (!line) return []
      const session: AgentEvent[] = told ? [] : [{ type: 'session', id: sessionId }]
      told = true
      return [...session, ...eventsOf(line)]
    },
    settle: (exit) => settle(exit, error, result),
  }
}

const settle = (
  { code }: AgentExit,
  error: Line<'session.error'> | undefined,
  result: Line<'result'> | undefined,
): FaultClass | undefined => {
  if (code === 126 || code === 127) return 'agent.config'
  if (code === 0 && result?.exitCode === 0) return undefined
  if (error) return byStatus(error.data.statusCode)
  if (code === 0) return result ? 'agent.crashed' : 'agent.no_output'
  return 'agent.crashed'
}

const eventsOf = (line: CopilotLine): AgentEvent[] => {
  switch (line.type) {
    case 'assistant.message':
      return [{ type: 'text', text: line.data.content }]
    case 'assistant.message_delta':
      return [{ type: 'text', text: '' }]
    case 'assistant.reasoning':
      return [{ type: 'thinking', text: line.data.content }]
    case 'tool.execution_start': {
      const { toolCallId: id, toolName: name, arguments: given } = line.data
      return [{ type: 'tool_start', id, name, summary: summaryOf(given) }]
    }
    case 'tool.execution_partial_result':
      return [{ type: 'tool_output', id: line.data.toolCallId, text: '' }]
    case 'tool.execution_complete': {
      const { toolCallId: id, success: ok, shellExecution } = line.data
      const exit = shellExecution?.exitCode ?? undefined
      return [{ type: 'tool_end', id, ok, ...(exit !== undefined && { exit }) }]
    }
    case 'assistant.turn_retry':
      return [{ type: 'retry' }]
    case 'result':
    case 'session.error':
      return []
  }
}

const summaryOf = (given: Record<string, unknown>): string => {
  const named = given.command ?? given.path ?? given.description
  return typeof named === 'string' ? (named.split('\n', 1)[0] ?? '').slice(0, 200) : ''
}
