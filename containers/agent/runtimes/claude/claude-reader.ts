import { jsonLine } from '#containers/agent/runtimes/json-line.ts'
import type { Reader } from '#containers/agent/runtimes/runtime.ts'
import type { AgentEvent } from '#core/contracts/agent-protocol.ts'
import type { Usage } from '#core/contracts/usage.ts'
import { type ClaudeContent, ClaudeLine, type ClaudeResult } from './claude-line.ts'
import { settleClaude } from './settle-claude.ts'

/** Reads Claude Code's stream; keeps nothing but its closing `result` line. */
export const claudeReader = (): Reader => {
  let result: ClaudeResult | undefined
  return {
    parse: (text) => {
      const line = jsonLine(ClaudeLine, text)
      if (line?.type === 'result') result = line
      return line ? eventsOf(line) : []
    },
    settle: (exit) => settleClaude(exit, result),
  }
}

const eventsOf = (line: ClaudeLine): AgentEvent[] => {
  switch (line.type) {
    case 'system':
      return systemEvents(line)
    case 'assistant':
    case 'user':
      return contentEvents(line.message.content)
    case 'result':
      return [{ type: 'usage', usage: usageOf(line) }]
  }
}

const systemEvents = (line: Extract<ClaudeLine, { type: 'system' }>): AgentEvent[] => {
  if (line.subtype === 'init' && line.session_id !== undefined)
    return [{ type: 'session', id: line.session_id }]
  if (line.subtype === 'api_retry')
    return [
      {
        type: 'retry',
        ...(typeof line.error_status === 'number' && { status: line.error_status }),
        ...(line.retry_delay_ms !== undefined && { delayMs: line.retry_delay_ms }),
      },
    ]
  return [] // A refused tool is no question: Claude Code goes on, and its closing line names it.
}

const contentEvents = (content: ClaudeContent): AgentEvent[] =>
  typeof content === 'string'
    ? []
    : content.flatMap((block): AgentEvent[] => {
        if ('text' in block) return [{ type: 'text', text: block.text }]
        if ('thinking' in block) return [{ type: 'thinking', text: block.thinking }]
        if ('input' in block)
          return [
            { type: 'tool_start', id: block.id, name: block.name, summary: summaryOf(block.input) },
          ]
        if ('tool_use_id' in block)
          return [{ type: 'tool_end', id: block.tool_use_id, ok: block.is_error !== true }]
        return []
      })

const summaryOf = (input: Record<string, unknown>): string => {
  const named = input.command ?? input.file_path ?? input.pattern ?? input.description
  return typeof named === 'string' ? (named.split('\n', 1)[0] ?? '').slice(0, 200) : ''
}

/** From the closing line only: the usage in `assistant` lines is that of a message's start. */
const usageOf = (result: ClaudeResult): Usage =>
  Object.fromEntries(
    Object.entries(result.modelUsage).map(([model, tokens]) => [
      model,
      {
        inputTokens: tokens.inputTokens,
        outputTokens: tokens.outputTokens,
        cacheReadTokens: tokens.cacheReadInputTokens,
        cacheWriteTokens: tokens.cacheCreationInputTokens,
        reasoningTokens: 0,
        ...(tokens.costUSD !== undefined && { usd: tokens.costUSD }),
      },
    ]),
  )
