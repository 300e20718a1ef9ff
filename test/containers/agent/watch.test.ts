import { describe, expect, test } from 'vitest'
import { enterStage, newObservation, observe } from '#containers/agent/watch.ts'
import type { AgentEvent } from '#core/contracts/agent-protocol.ts'
import { ModelUsage } from '#core/contracts/usage.ts'

const start = (id: string): AgentEvent => ({
  type: 'tool_start',
  id,
  name: 'Bash',
  summary: 'make',
})
const output = (id: string): AgentEvent => ({ type: 'tool_output', id, text: '.' })
const end = (id: string): AgentEvent => ({ type: 'tool_end', id, ok: true })
const text = (words = 'hm'): AgentEvent => ({ type: 'text', text: words })

/** What is observed of events that come one a second, from the first second on. */
const observed = (...events: AgentEvent[]) => {
  const observation = newObservation(0)
  enterStage(observation, 'working', 0)
  events.forEach((event, index) => void observe(observation, event, (index + 1) * 1_000))
  return observation
}

describe('T3: what the agent does is progress, and nothing else', () => {
  test.each<[AgentEvent, progress: boolean]>([
    [text(), true],
    [{ type: 'thinking', text: 'hm' }, true],
    [start('1'), true],
    [output('1'), true],
    [end('1'), true],
    [{ type: 'session', id: 's-1' }, true],
    [{ type: 'retry', status: 529 }, false],
    [{ type: 'usage', usage: {} }, false],
    [{ type: 'permission', tool: 'WebFetch' }, false],
  ])('%j: %s', (event, progress) => {
    expect(observed(event).watch.progressAt).toBe(progress ? 1_000 : 0)
  })
})

describe('T2: a tool call is in flight from its start to its end', () => {
  test.each<[string, AgentEvent[], toolAt: number | undefined]>([
    ['at its start', [start('1')], 1_000],
    ['at its output', [start('1'), output('1')], 2_000],
    ['when the agent talks meanwhile', [start('1'), text()], 2_000],
    ['not in a retry of the provider', [start('1'), { type: 'retry' }], 1_000],
    ['not after its end', [start('1'), end('1')], undefined],
    ['not before its start', [text()], undefined],
    ['when another one ended', [start('1'), start('2'), end('2')], 3_000],
    ['not after both ended', [start('1'), start('2'), end('2'), end('1')], undefined],
    ['when one that nobody knows ended', [start('1'), end('9')], 2_000],
    ['when its start was missed', [output('1')], 1_000],
    ['when it starts twice and ends once', [start('1'), start('1'), end('1')], undefined],
  ])('%s', (_when, events, toolAt) => {
    expect(observed(...events).watch.toolAt).toBe(toolAt)
  })
})

test('a stage that begins winds up its clock and forgets tools', () => {
  const observation = observed(start('1'))
  enterStage(observation, 'verifying', 5_000, 3)
  expect(observation.watch).toEqual({
    stage: 'verifying',
    stageSince: 5_000,
    commands: 3,
    progressAt: 1_000,
    armed: false,
    pollAt: undefined,
    toolAt: undefined,
    beatAt: 0,
  })
  enterStage(observation, 'working', 6_000)
  observe(observation, text(), 7_000)
  expect(observation.watch.toolAt).toBeUndefined()
})

test('T11: the last session wins, T17: totals are kept by model', () => {
  const usage = (model: string, inputTokens: number): AgentEvent => ({
    type: 'usage',
    usage: { [model]: ModelUsage.parse({ inputTokens }) },
  })
  const session = (id: string): AgentEvent => ({ type: 'session', id })
  const seen = observed(session('s-1'), session('s-2'), usage('a', 1), usage('b', 2), usage('a', 3))
  expect(seen.sessionId).toBe('s-2')
  expect(seen.usage).toMatchObject({ a: { inputTokens: 3 }, b: { inputTokens: 2 } })
})

test('T19: a permission that was asked for is kept', () => {
  expect(observed({ type: 'permission', tool: 'WebFetch' }).permission).toBe('WebFetch')
})

describe('M1: the last acts', () => {
  test('are what the agent said and the tools that it called', () => {
    const { acts } = observed(text(' I look.\n'), start('1'), output('1'), end('1'), text('  '))
    expect(acts).toEqual([
      { at: '1970-01-01T00:00:01.000Z', what: 'I look.' },
      { at: '1970-01-01T00:00:02.000Z', what: 'Bash make' },
    ])
  })

  test.each([
    ['letters', 'x'],
    ['characters of three bytes', '漢'],
    ['characters that JSON escapes', '\u0001'],
    ['characters of two halves', '😀'],
  ])('are at most 4 KB, the newest of them, in %s', (_what, unit) => {
    const events = Array.from({ length: 50 }, (_, index) => text(`${index} ${unit.repeat(400)}`))
    const { acts } = observed(...events)
    expect(Buffer.byteLength(JSON.stringify(acts))).toBeLessThanOrEqual(4_096)
    expect(acts.at(-1)?.what).toMatch(/^49 /)
    expect(acts.length).toBeGreaterThan(1)
    for (const { what } of acts) {
      expect(what.length).toBeLessThanOrEqual(200)
      expect(what.isWellFormed()).toBe(true)
    }
  })
})

test('T3: what only waits is no progress, and one such call has the clock of a tool', () => {
  const sleep = (id: string): AgentEvent => ({
    type: 'tool_start',
    id,
    name: 'Bash',
    summary: 'sleep 30',
  })
  const loop = observed(sleep('1'), end('1'), sleep('2'), output('2'), end('2'), sleep('3'))
  expect(loop.watch).toMatchObject({ progressAt: 2_000, pollAt: 6_000, toolAt: 6_000 })
  expect(loop.waiting.polls).toBe(2)
  observe(loop, text(), 9_000)
  expect(loop.watch).toMatchObject({ progressAt: 9_000, pollAt: undefined })
})
