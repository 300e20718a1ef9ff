import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import {
  agentEnvironment,
  agentKeys,
  requestVariables,
} from '#containers/agent/agent-environment.ts'
import { anAttemptRequest } from './a-request.ts'

const FOLDERS = {
  root: '/w',
  repo: '/w/repo',
  home: '/w/home',
  outbox: '/w/outbox',
  own: '/w/own',
  bundles: '/w/bundles',
  proof: '/w/proof',
}
const OURS = {
  PATH: '/usr/bin:/bin',
  HOME: '/root',
  AWS_SECRET_ACCESS_KEY: 's3cret',
  ANTHROPIC_API_KEY: 'sk-1',
  NODE_OPTIONS: '--inspect',
}
const environmentOf = (change: Parameters<typeof anAttemptRequest>[0], given = OURS) =>
  agentEnvironment(anAttemptRequest(change), FOLDERS, given)

test('an agent gets this and nothing else of ours', () => {
  const { PATH = '', ...rest } = environmentOf({})
  expect(rest).toEqual({
    HOME: '/w/home',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    CI: '1',
    GIT_TERMINAL_PROMPT: '0',
    VIGIL_AGENT_OF: 'run-1-t2-a1',
  })
  expect(PATH).toMatch(/:\/usr\/bin:\/bin$/)
})

test('the commands of the janitor are in its PATH', () => {
  const env = environmentOf({}, { ...OURS, PATH: process.env.PATH ?? '' })
  const found = execFileSync('/bin/sh', ['-c', 'command -v janitor'], { env, encoding: 'utf8' })
  expect(found).toMatch(/containers\/agent\/bin\/janitor\n$/)
})

test('A7: a key reaches an agent only by being named, and only where there is one', () => {
  const request = anAttemptRequest({ keys: ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY'] })
  expect(agentKeys(request, OURS)).toEqual({ ANTHROPIC_API_KEY: 'sk-1' })
  expect(agentKeys(anAttemptRequest(), OURS)).toEqual({})
})

test('E12: what is run in a workspace beside the agent gets no key', () => {
  expect(environmentOf({ keys: ['ANTHROPIC_API_KEY'] })).not.toHaveProperty('ANTHROPIC_API_KEY')
})

test('C4: variables of the project count, but for the mark that its processes are known by', () => {
  const env = environmentOf({ variables: { TZ: 'Europe/Berlin', VIGIL_AGENT_OF: 'run-9' } })
  expect(env).toMatchObject({ TZ: 'Europe/Berlin', VIGIL_AGENT_OF: 'run-1-t2-a1' })
})

test('an agent finds its request, its outbox, its nonce and its phase', () => {
  expect(requestVariables(anAttemptRequest({ phase: 'audit' }), FOLDERS)).toEqual({
    VIGIL_REQUEST: '/w/request.json',
    VIGIL_OUTBOX: '/w/outbox',
    VIGIL_NONCE: 'nonce-1',
    VIGIL_PHASE: 'audit',
  })
})
