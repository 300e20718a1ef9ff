import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineReader } from '#containers/agent/runtimes/command/line-reader.ts'
import { isFaultClass } from '#core/faults.ts'

test('a line of the protocol is an event', () => {
  const event = { type: 'tool_start', id: '1', name: 'make', summary: 'make all' }
  expect(lineReader().parse(JSON.stringify(event))).toEqual([event])
  expect(lineReader().parse(`${JSON.stringify(event)}\r`)).toEqual([event])
})

test.each(['', 'done', '{', '{}', '[{"type":"text","text":"x"}]', ' {"type":"text","text":"x"}'])(
  'the line %j is output and no event',
  (line) => {
    expect(lineReader().parse(line)).toEqual([])
  },
)

test('any line is read', () => {
  const line = fc.oneof(fc.string(), fc.json())
  fc.assert(fc.property(line, (text) => Array.isArray(lineReader().parse(text))))
})

describe('T9: the exit of a program has a class', () => {
  test.each([
    [0, null, undefined],
    [1, null, 'agent.crashed'],
    [2, null, 'agent.crashed'],
    [69, null, 'provider.overloaded'],
    [75, null, 'provider.rate_limited'],
    [77, null, 'provider.auth'],
    [78, null, 'agent.config'],
    [126, null, 'agent.config'],
    [127, null, 'agent.config'],
    [255, null, 'agent.crashed'],
    [null, 'SIGKILL', 'agent.crashed'],
    [null, null, 'agent.crashed'],
  ])('exit %s, signal %s: %s', (code, signal, fault) => {
    const settled = lineReader().settle({ code, signal })
    expect(settled).toBe(fault)
    if (settled) expect(isFaultClass(settled)).toBe(true)
  })
})
