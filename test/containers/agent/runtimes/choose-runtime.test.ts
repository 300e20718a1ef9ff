import { expect, test } from 'vitest'
import { chooseRuntime } from '#containers/agent/runtimes/choose-runtime.ts'
import { anAgentRequest, aToolServer } from '#test/containers/agent/a-request.ts'

test.each([
  ['janitor', 'janitor', /node \S+\/containers\/agent\/janitor\/main\.ts$/],
  ['claude', 'claude', /^claude --print /],
  ['command:./agent.sh --fast "a b"', 'command', /^\/bin\/sh -c exec \.\/agent\.sh --fast "a b"$/],
])('agent %s is run by %s', (agent, id, command) => {
  const runtime = chooseRuntime(agent)
  expect(runtime.id).toBe(id)
  expect(runtime.command(anAgentRequest(), aToolServer).argv.join(' ')).toMatch(command)
})

test('an agent that nobody knows is agent.config', () => {
  expect(() => chooseRuntime('gpt')).toThrow(expect.objectContaining({ code: 'agent.config' }))
})
