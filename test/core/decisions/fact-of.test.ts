import { expect, test } from 'vitest'
import { type Event, EventKind, type NewEvent } from '#core/contracts/event.ts'
import { factOf } from '#core/decisions/fact-of.ts'

const event = (given: NewEvent): Event => ({
  runId: 'run-1',
  sequence: 1,
  at: '2026-03-02T12:00:00.000Z',
  actor: 'RecordTurn',
  ...given,
})
const commands = [
  { command: 'npm test', exit: 0, durationMs: 1 },
  { command: 'npm run lint', exit: 1 },
  { command: 'npm run slow', exit: null },
]

const SAID: [NewEvent, string][] = [
  [{ kind: 'plan.proposed', facts: { title: 'Mend 2 links' } }, 'Planned: Mend 2 links'],
  [{ kind: 'plan.refused', reason: 'dedupe' }, 'A plan was refused (dedupe)'],
  [{ kind: 'cycle.opened', facts: { branch: 'vigil/c-1' } }, 'Opened the branch vigil/c-1'],
  [{ kind: 'cycle.reused', facts: { branch: 'vigil/c-1' } }, 'Went on with the branch vigil/c-1'],
  [{ kind: 'turn.ended', from: 'code', to: 'done' }, 'Turn code ended as done'],
  [
    { kind: 'turn.ended', from: 'code', to: 'blocked', reason: 'provider.auth' },
    'Turn code ended as blocked (provider.auth)',
  ],
  [
    { kind: 'attempt.stalled', reason: 'stall.tool' },
    'An attempt stalled (stall.tool) and was killed',
  ],
  [{ kind: 'attempt.lost', reason: 'worker.oom' }, "An attempt's worker was lost (worker.oom)"],
  [{ kind: 'verification.ended', facts: { commands } }, 'Verification: 1 of 3 commands passed'],
  [{ kind: 'finding.opened', facts: { title: 'A leak' } }, 'Finding opened: A leak'],
  [{ kind: 'finding.closed', facts: { title: 'A leak' } }, 'Finding closed: A leak'],
  [{ kind: 'proof.ended', to: 'proved' }, 'Proof: proved'],
  [{ kind: 'run.cancel_requested', facts: { by: 'ann' } }, 'Cancelled by ann'],
]

test.each(SAID)('R2: %j is said in the report', (given, text) => {
  expect(factOf(event(given))).toBe(text)
})

test('R2: other events, and commands that do not parse, are left out', () => {
  const said = new Set(SAID.map(([{ kind }]) => kind))
  for (const kind of EventKind.options.filter((it) => !said.has(it)))
    expect(factOf(event({ kind }))).toBeUndefined()
  expect(factOf(event({ kind: 'verification.ended', facts: { commands: 'all' } }))).toBeUndefined()
})
