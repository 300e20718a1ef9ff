import type { AgentRequest, Work } from '#core/contracts/agent-request.ts'
import { AttemptRequest } from '#core/contracts/attempt-request.ts'

/** Work about nothing. */
export const aWork = (change: Partial<Work> = {}): Work => ({
  project: { id: 'handbook', notes: '' },
  signals: [],
  plans: [],
  findings: [],
  summaries: [],
  ...change,
})

/** A request as an agent finds it, with something changed. */
export const anAgentRequest = (change: Partial<AgentRequest> = {}): AgentRequest => ({
  protocol: 1,
  runId: 'run-1',
  turnId: 'run-1-t2',
  attempt: 1,
  phase: 'code',
  nonce: 'nonce-1',
  workspace: '/w/repo',
  outbox: '/w/outbox',
  prompt: 'Do the work of the plan.',
  work: aWork(),
  args: [],
  limits: { progressSeconds: 600, toolSeconds: 1_800, turnSeconds: 3_600, usd: 10 },
  ...change,
})

/** A request as a supervisor finds it, with something changed. */
export const anAttemptRequest = (change: Partial<AttemptRequest> = {}): AttemptRequest =>
  AttemptRequest.parse({
    runId: 'run-1',
    turnId: 'run-1-t2',
    attemptId: 'run-1-t2-a1',
    number: 1,
    projectId: 'handbook',
    phase: 'code',
    nonce: 'nonce-1',
    fencingToken: 1,
    agent: 'janitor',
    origin: { kind: 'source', source: { strategy: 'git', location: '/nowhere' } },
    work: aWork(),
    verification: [],
    variables: {},
    keys: [],
    clocks: {},
    usdLeft: 10,
    deadlineAt: '2099-01-01T00:00:00.000Z',
    ...change,
  })

/** The contract tools as a runtime gets them. */
export const aToolServer = {
  command: '/usr/bin/node',
  args: ['/opt/tools.ts'],
  env: { VIGIL_OUTBOX: '/w/outbox', VIGIL_NONCE: 'nonce-1', VIGIL_PHASE: 'code' },
} as const
