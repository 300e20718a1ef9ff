import { describe, expect, test } from 'vitest'
import { claude } from '#containers/agent/runtimes/claude/claude.ts'
import { anAgentRequest, aToolServer } from '#test/containers/agent/a-request.ts'

const argvOf = (change: Parameters<typeof anAgentRequest>[0] = {}) =>
  claude.command(anAgentRequest(change), aToolServer).argv
const after = (argv: readonly string[], option: string) => argv[argv.indexOf(option) + 1]

test('it runs in print mode, says JSON lines and reads what it is told', () => {
  const request = anAgentRequest({ prompt: 'Mend the links.' })
  const { argv, stdin } = claude.command(request, aToolServer)
  expect(argv.slice(0, 2)).toEqual(['claude', '--print'])
  expect(stdin).toBe('Mend the links.')
  expect(after(argv, '--output-format')).toBe('stream-json')
  expect(argv).toContain('--verbose')
})

test('it has the contract tools, and no server of a person', () => {
  const argv = argvOf()
  expect(JSON.parse(after(argv, '--mcp-config') ?? '')).toEqual({
    mcpServers: { vigil: aToolServer },
  })
  expect(argv).toContain('--strict-mcp-config')
  expect(after(argv, '--allowedTools')?.split(' ')).toContain('mcp__vigil')
})

test('T12: it is told what it may spend', () => {
  const limits = { progressSeconds: 1, toolSeconds: 1, turnSeconds: 1, usd: 2.5 }
  expect(after(argvOf({ limits }), '--max-budget-usd')).toBe('2.5')
})

test('it is told a model and a session only where there is one', () => {
  const bare = argvOf()
  expect(bare).not.toContain('--model')
  expect(bare).not.toContain('--resume')
  const argv = argvOf({ model: 'claude-opus-5-5', resume: { sessionId: 's-1', message: 'Go on.' } })
  expect(after(argv, '--model')).toBe('claude-opus-5-5')
  expect(after(argv, '--resume')).toBe('s-1')
  const resumed = anAgentRequest({ resume: { sessionId: 's-1', message: 'Go on.' } })
  expect(claude.command(resumed, aToolServer).stdin).toBe('Go on.')
})

describe('E9, E10: tools that are off', () => {
  const denied = (phase: 'code' | 'fix' | 'resolve' | 'audit' | 'discovery' | 'report') =>
    after(argvOf({ phase }), '--disallowedTools') ?? ''

  test.each(['code', 'audit'] as const)('everywhere: asking, planning, pushing (%s)', (phase) => {
    for (const tool of ['AskUserQuestion', 'EnterPlanMode', 'ExitPlanMode', 'Bash(git push:*)'])
      expect(denied(phase)).toContain(tool)
  })

  test.each([
    ['code', false],
    ['fix', false],
    ['resolve', false],
    ['audit', true],
    ['discovery', true],
    ['report', true],
  ] as const)('editing in %s: %s', (phase, off) => {
    expect(/(^| )Edit( |$)/.test(denied(phase))).toBe(off)
    expect(/(^| )Edit( |$)/.test(after(argvOf({ phase }), '--allowedTools') ?? '')).toBe(!off)
  })
})

test('a provider that fails is given up on soon', () => {
  const { env } = claude.command(anAgentRequest(), aToolServer)
  expect(env.CLAUDE_CODE_MAX_RETRIES).toBe('3')
})
