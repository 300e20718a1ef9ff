import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { claudeReader } from '#containers/agent/runtimes/claude/claude-reader.ts'
import type { AgentExit } from '#containers/agent/runtimes/runtime.ts'
import { newObservation, observe } from '#containers/agent/watch.ts'
import type { AgentEvent } from '#core/contracts/agent-protocol.ts'
import type { ModelUsage } from '#core/contracts/usage.ts'
import type { FaultClass } from '#core/faults.ts'

const TRANSCRIPTS = 'test/fixtures/agent-clis'
const exited = (code: number): AgentExit => ({ code, signal: null })

/** Reads a recording to its end. */
const read = (name: string, exit: AgentExit) => {
  const reader = claudeReader()
  const lines = readFileSync(join(TRANSCRIPTS, `claude-${name}.jsonl`), 'utf8').split('\n')
  const events = lines.flatMap((line) => reader.parse(line))
  return { events, fault: reader.settle(exit) }
}

/** An event in a few words. */
const brief = (event: AgentEvent): string => {
  switch (event.type) {
    case 'session':
      return `session ${event.id.slice(0, 8)}`
    case 'text':
    case 'thinking':
      return `${event.type}: ${event.text}`
    case 'tool_start':
      return `${event.name}: ${event.summary}`
    case 'tool_end':
      return event.ok ? 'ok' : 'not ok'
    case 'retry':
      return `retry after ${event.status} in ${event.delayMs} ms`
    default:
      return event.type
  }
}

interface Recording {
  exit: number
  fault: FaultClass | undefined
  events: string[]
}

const WRITE = ['text: I will create the file.', 'Write: /workspace/hello.txt']
const BASH = ['text: Now verify.', 'Bash: cat hello.txt && echo second >> hello.txt']
const DONE = ['text: Done: created hello.txt.', 'usage']

const RECORDINGS: Record<string, Recording> = {
  success: {
    exit: 0,
    fault: undefined,
    events: ['session 1231b666', ...WRITE, 'ok', ...BASH, 'ok', ...DONE],
  },
  'failing-tool': {
    exit: 0,
    fault: undefined,
    events: [
      'session 8c5831d2',
      'text: oops',
      'Bash: exit 3',
      'not ok',
      'text: The command failed.',
      'usage',
    ],
  },
  'permission-denied': {
    exit: 0,
    fault: 'agent.permission',
    events: ['session 20eee5de', ...WRITE, 'not ok', ...BASH, 'not ok', ...DONE],
  },
  'max-turns': {
    exit: 1,
    fault: 'agent.max_steps',
    events: ['session efbd0a61', ...WRITE, 'ok', 'usage'],
  },
  'api-400': {
    exit: 1,
    fault: 'agent.config',
    events: ['session 5eb7970e', 'text: API Error: 400 scripted invalid_request_error', 'usage'],
  },
  'api-401-retries': {
    exit: 1,
    fault: 'provider.auth',
    events: [
      'session 3264c13f',
      'retry after 401 in 1221 ms',
      'text: Failed to authenticate. API Error: 401 scripted authentication_error',
      'usage',
    ],
  },
  sigterm: {
    exit: 143,
    fault: 'agent.crashed',
    events: [
      'session 0650511b',
      'text: sleeping',
      'Bash: python3 -c "import time; time.sleep(31)"',
      'not ok',
    ],
  },
}

test('every recording of Claude Code is read here', () => {
  const recorded = readdirSync(TRANSCRIPTS).flatMap(
    (name) => /^claude-(.+)\.jsonl$/.exec(name)?.[1] ?? [],
  )
  expect(Object.keys(RECORDINGS).sort()).toEqual(recorded.sort())
})

describe.each(Object.entries(RECORDINGS))('%s', (name, { exit, fault, events }) => {
  test('has these events in this order', () => {
    expect(read(name, exited(exit)).events.map(brief)).toEqual(events)
  })

  test(`ends as ${fault ?? 'what it did'}`, () => {
    expect(read(name, exited(exit)).fault).toBe(fault)
  })
})

test('T17: usage and cost are those of the closing line', () => {
  const usage: ModelUsage = {
    inputTokens: 3_600,
    outputTokens: 126,
    cacheReadTokens: 15_000,
    cacheWriteTokens: 900,
    reasoningTokens: 0,
    usd: 0.024419999999999997,
  }
  expect(read('success', exited(0)).events.at(-1)).toEqual({
    type: 'usage',
    usage: { 'claude-opus-5-5': usage },
  })
  expect(read('api-400', exited(1)).events.at(-1)).toEqual({ type: 'usage', usage: {} })
  expect(read('sigterm', exited(143)).events.filter(({ type }) => type === 'usage')).toEqual([])
})

test('T3: a retry of the provider is no progress', () => {
  const observation = newObservation(0)
  const { events } = read('api-401-retries', exited(1))
  const retry = events.findIndex(({ type }) => type === 'retry')
  events.slice(0, retry + 1).forEach((event, index) => void observe(observation, event, index + 1))
  expect(observation.watch.progressAt).toBe(1)
})

test.each([
  ['nothing was said and the exit is 0', exited(0), 'agent.no_output'],
  ['nothing was said and it crashed', exited(1), 'agent.crashed'],
  ['it was killed', { code: null, signal: 'SIGKILL' }, 'agent.crashed'],
  ['it was not found', exited(127), 'agent.config'],
  ['it may not be run', exited(126), 'agent.config'],
])('without a closing line: %s', (_when, exit, fault) => {
  expect(claudeReader().settle(exit)).toBe(fault)
})

test.each<[FaultClass | undefined, number, object]>([
  ['agent.crashed', 1, { is_error: false }],
  ['agent.crashed', 1, { is_error: true }],
  ['agent.crashed', 1, { is_error: true, api_error_status: null }],
  ['provider.auth', 1, { is_error: true, api_error_status: 403 }],
  ['model.unavailable', 1, { is_error: true, api_error_status: 404 }],
  ['provider.rate_limited', 1, { is_error: true, api_error_status: 429 }],
  ['provider.overloaded', 1, { is_error: true, api_error_status: 500 }],
  ['provider.overloaded', 1, { is_error: true, api_error_status: 529 }],
  ['budget.exhausted', 1, { is_error: true, subtype: 'error_max_budget_usd' }],
  [undefined, 0, { is_error: false, permission_denials: [] }],
])('%s: exit code %i and a closing line with %j', (fault, code, change) => {
  const reader = claudeReader()
  reader.parse(JSON.stringify({ type: 'result', subtype: 'success', ...change }))
  expect(reader.settle(exited(code))).toBe(fault)
})

test.each([
  '',
  'npm warn deprecated',
  '{"type":"assist',
  '{}',
  '[]',
  'null',
  '{"type":"stream_event","event":{}}',
  '{"type":"assistant","message":{"content":[{"type":"server_tool_use"}]}}',
  '{"type":"user","message":{"content":"Go on."}}',
  '{"type":"system","subtype":"task_started","task_id":"b"}',
])('the line %j is no event', (line) => {
  expect(claudeReader().parse(line)).toEqual([])
})

test('T3: what a sub-agent does is an event', () => {
  const content = [
    { type: 'thinking', thinking: 'hm', signature: 'x' },
    { type: 'tool_use', id: 't-1', name: 'Read', input: { file_path: '/w/a\n/w/b' } },
  ]
  const line = { type: 'assistant', message: { content }, parent_tool_use_id: 't-0' }
  expect(claudeReader().parse(JSON.stringify(line))).toEqual([
    { type: 'thinking', text: 'hm' },
    { type: 'tool_start', id: 't-1', name: 'Read', summary: '/w/a' },
  ])
})
