import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chooseRuntime } from '#containers/agent/runtimes/choose-runtime.ts'
import { newObservation, observe } from '#containers/agent/watch.ts'
import type { AgentEvent } from '#core/contracts/agent-protocol.ts'
import type { Usage } from '#core/contracts/usage.ts'
import type { FaultClass } from '#core/faults.ts'
import { anAgentRequest } from '#test/containers/agent/a-request.ts'

const NONCE = '0123456789abcdef0123456789abcdef'
const FOLDER = 'test/fixtures/agent-clis'

interface Settled {
  exit: number
  fault: FaultClass | undefined
  events: string[]
  usage: Usage
}

const RECORDINGS: Record<string, Settled> = {
  'codex-success': {
    exit: 0,
    fault: undefined,
    events: [
      'session',
      'text: Running a command.',
      'Bash',
      'ok 0',
      'text: Done: created hello.txt.',
    ],
    usage: {
      m: tokens({
        inputTokens: 400,
        cacheReadTokens: 2_000,
        outputTokens: 70,
        reasoningTokens: 14,
      }),
    },
  },
  'codex-error': {
    exit: 1,
    fault: 'provider.auth',
    events: ['session', 'retry 401', 'retry 401'],
    usage: {},
  },
  'opencode-success': {
    exit: 0,
    fault: undefined,
    events: [
      ...['session', 'step', 'text: Running a command.', 'bash', 'ok 0', 'ok'],
      ...['session', 'step', 'text: Done: created hello.txt.', 'ok'],
    ],
    usage: {
      m: tokens({ inputTokens: 400, cacheReadTokens: 2_000, outputTokens: 84, usd: 0.000568 }),
    },
  },
  'opencode-error': { exit: 1, fault: 'provider.auth', events: [], usage: {} },
  'copilot-success': {
    exit: 0,
    fault: undefined,
    events: [
      'session',
      'text: Running a command.',
      'bash',
      'ok 0',
      'text: Done: created hello.txt.',
    ],
    usage: {},
  },
  'copilot-success-root': {
    exit: 0,
    fault: undefined,
    events: [
      'session',
      'text: Running a command.',
      'bash',
      'ok 0',
      'text: Done: created hello.txt.',
    ],
    usage: {},
  },
}

test('every recording of these runtimes is here', () => {
  const there = readdirSync(FOLDER).filter((name) => /^(codex|opencode|copilot)-/.test(name))
  expect(there.map((name) => name.replace('.jsonl', '')).sort()).toEqual(
    Object.keys(RECORDINGS).sort(),
  )
})

test.each(Object.entries(RECORDINGS))('%s', (name, { exit, fault, events, usage }) => {
  const runtime = chooseRuntime(name.split('-', 1)[0] ?? '')
  const reader = runtime.reader(anAgentRequest({ model: 'm', nonce: NONCE }))
  const observation = newObservation(0)
  const lines = readFileSync(join(FOLDER, `${name}.jsonl`), 'utf8').split('\n')
  const seen = lines.flatMap((line) => reader.parse(line))
  for (const event of seen) observe(observation, event, 1)
  expect(seen.map(brief).filter(Boolean)).toEqual(events)
  expect(reader.settle({ code: exit, signal: null })).toBe(fault)
  expect(observation.usage).toEqual(usage)
  expect(observation.tools).toEqual([])
  if (fault === undefined) expect(observation.sessionId).toMatch(/^[\w-]{20,}$/)
})

test.each(['claude', 'codex', 'opencode', 'copilot'])(
  '%s: a process that was killed has crashed',
  (id) => {
    const reader = chooseRuntime(id).reader(anAgentRequest())
    expect(reader.settle({ code: null, signal: 'SIGKILL' })).toBe('agent.crashed')
    expect(reader.settle({ code: 0, signal: null })).toBe('agent.no_output')
    expect(reader.settle({ code: 127, signal: null })).toBe('agent.config')
  },
)

test.each(['claude', 'codex', 'opencode', 'copilot'])(
  '%s: lines that are none of its stream are no events',
  (id) => {
    const reader = chooseRuntime(id).reader(anAgentRequest())
    for (const line of [
      '',
      'hello',
      '{',
      '{"type":',
      '{"type":"no such"}',
      '[]',
      '{"type":null}',
      '{"type":"result"}',
      '{"type":"error"}',
      '\u0000',
    ])
      expect(reader.parse(line)).toEqual([])
  },
)

/** An event in a few words; a sign of life in none. */
function brief(event: AgentEvent): string {
  switch (event.type) {
    case 'text':
      return event.text === '' ? '' : `text: ${event.text}`
    case 'tool_start':
      return event.name
    case 'tool_end':
      return `${event.ok ? 'ok' : 'not ok'} ${event.exit ?? ''}`.trim()
    case 'retry':
      return `retry ${event.status}`
    case 'tool_output':
    case 'usage':
      return ''
    default:
      return event.type
  }
}

function tokens(some: Partial<Usage[string]>): Usage[string] {
  const none = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 }
  return { ...none, reasoningTokens: 0, ...some }
}
