import { describe, expect, test } from 'vitest'
import { AGENT_EXITS, AgentEvent } from '#core/contracts/agent-protocol.ts'
import { EventKind } from '#core/contracts/event.ts'
import { AGENT_PHASES, CODING_PHASES } from '#core/contracts/phase.ts'
import { ModelUsage } from '#core/contracts/usage.ts'
import { isFaultClass } from '#core/faults.ts'

describe('an event that an agent says', () => {
  test.each([
    [{ type: 'session', id: 's-1' }],
    [{ type: 'text', text: '' }],
    [{ type: 'thinking', text: 'hm' }],
    [{ type: 'tool_start', id: '1', name: 'Bash' }],
    [{ type: 'tool_start', id: '1', name: 'Bash', summary: 'npm test' }],
    [{ type: 'tool_output', id: '1', text: 'ok' }],
    [{ type: 'tool_end', id: '1', ok: false, exit: 1 }],
    [{ type: 'retry' }],
    [{ type: 'retry', status: 529, delayMs: 1_200 }],
    [{ type: 'permission', tool: 'WebFetch' }],
  ])('%j is taken as it is', (event) => {
    expect(AgentEvent.parse(event)).toEqual(event)
  })

  test('may say more than is known, for programs grow', () => {
    expect(AgentEvent.parse({ type: 'text', text: 'x', at: 1 })).toEqual({
      type: 'text',
      text: 'x',
    })
  })

  test.each([
    [{ type: 'done' }],
    [{ type: 'text' }],
    [{ type: 'text', text: 7 }],
    [{ type: 'tool_end', id: '1' }],
    [{ type: 'tool_start', id: 'x'.repeat(201), name: 'Bash' }],
    [{ type: 'usage', usage: { m: { inputTokens: -1 } } }],
    [{ type: 'usage', usage: { m: { usd: Number.NaN } } }],
    [null],
  ])('%j is none', (event) => {
    expect(AgentEvent.safeParse(event).success).toBe(false)
  })
})

test('T12: a cost that was not said stays unknown, tokens count from 0', () => {
  expect(ModelUsage.parse({ inputTokens: 5 })).toEqual({
    inputTokens: 5,
    outputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    reasoningTokens: 0,
  })
})

test('every published exit code is a failure class', () => {
  expect(Object.values(AGENT_EXITS).filter((name) => !isFaultClass(name))).toEqual([])
})

test('E9: only code, fix and resolve may change the tree, and only prove has no agent', () => {
  expect(CODING_PHASES).toEqual(['code', 'fix', 'resolve'])
  expect(AGENT_PHASES).not.toContain('prove')
})

test('M1: kinds of events are dotted and in the past tense', () => {
  const odd = EventKind.options.filter((kind) => !/^[a-z]+\.[a-z_]*(ed|lost|written)$/.test(kind))
  expect(odd).toEqual([])
})
