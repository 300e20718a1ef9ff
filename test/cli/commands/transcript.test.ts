import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

const explain = (...args: string[]): string =>
  execFileSync(process.execPath, ['cli/main.ts', 'transcript', 'explain', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
const recording = (name: string) => `test/fixtures/agent-clis/${name}.jsonl`

test('a recording is told line by line, with how it is judged', () => {
  const told = explain('--runtime', 'codex', recording('codex-success'))
  expect(told).toMatch(/^tool_start +item_2 Bash .*echo hello/m)
  expect(told.trimEnd().split('\n').at(-1)).toBe('■ no failure')
})

test('or as one object, for programs', () => {
  const file = recording('claude-max-turns')
  const answer = JSON.parse(explain('--runtime', 'claude', '--exit', '1', '--json', file))
  expect(answer.class).toBe('agent.max_steps')
  expect(answer.events[0]).toMatchObject({ type: 'session' })
})

test.each([
  ['a runtime that nobody knows', ['--runtime', 'gpt', recording('codex-success')]],
  ['a file that is not there', ['--runtime', 'claude', '/nowhere']],
])('%s is a usage error', (_what, args) => {
  expect(() => explain(...args)).toThrow(expect.objectContaining({ status: 2 }))
})
