import { fault, file, type Mutant, simulation } from './mutant.ts'

/** Sabotages of what runs in a task: clocks, beats, claim, agent, outbox. */
export const ofSupervisors: readonly Mutant[] = [
  {
    name: 'no-fencing',
    does: 'a supervisor that is cut off goes on',
    file: 'core/decisions/expired-clock.ts',
    edits: [["  if (past(watch.beatAt, clocks.fence)) return 'worker.fenced'\n", '']],
    tests: [simulation, file('core/decisions/expired-clock')],
  },
  {
    name: 'no-group-kill',
    does: "only the agent's first process is killed",
    file: 'containers/agent/processes/kill-all.ts',
    edits: [
      ['send(-suspects.group, signal)', 'send(suspects.group, signal)'],
      [
        'if (group !== undefined && Number(ownGroup) === group) return found',
        'if (group !== undefined) return Number(pid) === group ? found : undefined',
      ],
    ],
    tests: [file('containers/agent/processes/kill-all')],
  },
  {
    name: 'beats-from-a-plain-timer',
    does: "beats go out although the stage's clock has run out",
    file: 'containers/agent/beats.ts',
    edits: [['    if (ends) return kill(new Fault(ends, `in ${observation.watch.stage}`))\n', '']],
    tests: [simulation, file('containers/agent/beats')],
  },
  {
    name: 'refused-beat-ignored',
    does: 'an attempt that is over is worked on',
    file: 'containers/agent/beats.ts',
    edits: [["      else kill(new Superseded('the attempt is over'))\n", '']],
    tests: [simulation],
  },
  {
    name: 'late-writer-wins',
    does: 'a beat is accepted in any state',
    file: 'containers/agent/beats.ts',
    edits: [
      [
        'when: { state: BEATING, fencingToken: request.fencingToken, cancelRequested: false }',
        'when: { fencingToken: request.fencingToken }',
      ],
    ],
    tests: [simulation],
  },
  {
    name: 'provider-retry-as-progress',
    does: 'an agent that is only told to retry counts as alive',
    file: 'containers/agent/watch.ts',
    edits: [["= ['retry', 'usage', ", "= ['usage', "]],
    tests: [simulation, file('containers/agent/watch')],
  },
  {
    name: 'busy-wait-as-progress',
    does: 'an agent that only sleeps and asks counts as alive',
    file: 'containers/agent/watch.ts',
    edits: [['const polls = observation.waiting.polls > 0 &&', 'const polls = false &&']],
    tests: [simulation, file('containers/agent/watch')],
  },
  {
    name: 'budget-checked-at-the-end-only',
    does: 'an agent that has spent all goes on',
    file: 'core/decisions/must-end.ts',
    edits: [["  if (spentShare(look) >= 1) return 'budget.exhausted'\n", '']],
    tests: [simulation, file('core/decisions/must-end')],
  },
  {
    name: 'claim-without-condition',
    does: 'two tasks work on one attempt',
    file: 'containers/agent/claim.ts',
    edits: [
      [
        'if (!now || now.claim || now.cancelRequested || !CLAIMABLE.includes(now.state)) return',
        'if (!now) return',
      ],
      ['when: { claim: null, state: now.state, cancelRequested: false },', ''],
    ],
    tests: [simulation, fault('two-tasks')],
  },
  {
    name: 'stale-token-accepted',
    does: 'a task whose workflow has gone on claims its attempt',
    file: 'containers/agent/claim.ts',
    edits: [
      ['    if (isRefusal(error)) return undefined\n    throw error\n', '    isRefusal(error)\n'],
    ],
    tests: [simulation],
  },
  {
    name: 'nudge-without-bound',
    does: 'a silent agent is interrupted for ever, and never killed',
    file: 'containers/agent/agent-session.ts',
    edits: [
      [
        "sessionId !== undefined && nudge === 'none'",
        'sessionId !== undefined && nudge !== undefined',
      ],
    ],
    tests: [file('containers/agent/agent-turn')],
  },
  {
    name: 'completion-without-nonce-check',
    does: 'a completion of another attempt counts',
    file: 'containers/agent/outbox.ts',
    edits: [["  if (said !== nonce) return 'its nonce is that of another attempt'\n", '']],
    tests: [file('containers/agent/outbox'), fault('completion-forged')],
  },
]
