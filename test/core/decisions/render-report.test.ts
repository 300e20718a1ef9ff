import { describe, expect, test } from 'vitest'
import type { Report } from '#core/contracts/report.ts'
import { RunOutcome } from '#core/contracts/run.ts'
import { firstScreen, renderReport } from '#core/decisions/render-report.ts'
import { aCheck, aFinding, aProof, aReport } from './a-report.ts'

test('R2: the report of a run that went well reads like this', () => {
  const report = aReport({ findings: [aFinding()] })
  expect(renderReport(report)).toBe(`# Mend 2 broken links: executed

> Both links work again

- **Changed:** README.md, docs/a.md (+2 −2) on \`vigil/cycle-1\`
- **Proved:** yes, 1 of 1 checks (base 1111111111, head 2222222222)
- **Cost:** 0.50 usd, 6 turns, 7 attempts, 1 stalls, 4.3 s
- **Look at:** nothing in particular

## Proof

- proved: \`npm test\` (red_to_green)
  - at base: exit 1, at head: exit 0

## Findings

- bug, fixed: The link is still broken

## Facts

- [event 3] Planned: Mend 2 broken links
- [event 9] Proof: proved

## In the agent’s own words

> I looked.
> I mended.
`)
})

test('R1: the report of a run that had nothing to say reads like this', () => {
  const nothing = {
    plan: null,
    cycle: null,
    diff: null,
    proof: null,
    words: null,
    turns: 1,
    attempts: 1,
    stalls: 0,
  }
  expect(
    renderReport(aReport({ ...nothing, outcome: 'no_plan', facts: [] })),
  ).toBe(`# No plan: no_plan

- **Changed:** nothing
- **Proved:** nothing to prove
- **Cost:** 0.50 usd, 1 turns, 1 attempts, 4.3 s
- **Look at:** nothing in particular
`)
})

test.each(RunOutcome.options)(
  'R1: a run that ended as %s says so and why in its title',
  (outcome) => {
    const [title] = firstScreen(aReport({ outcome })).split('\n')
    expect(title).toBe(`# Mend 2 broken links: ${outcome}`)
    const [because] = firstScreen(aReport({ outcome, reason: 'bug' })).split('\n')
    expect(because).toBe(`# Mend 2 broken links: ${outcome} (bug)`)
  },
)

describe('R2: the first screen says', () => {
  test.each<[string, Partial<Report>, string]>([
    [
      'what is not proved',
      { attention: 'not_proved', proof: aProof([aCheck(), aCheck('check_edited')]) },
      '- **Proved:** **no**, 1 of 2 checks (base 1111111111, head 2222222222)',
    ],
    ['what has no proof', { proof: null, attention: 'not_proved' }, '- **Proved:** no: not_proved'],
    [
      'that a cost is estimated',
      { usdEstimated: true },
      '- **Cost:** 0.50 usd (partly estimated), 6 turns, 7 attempts, 1 stalls, 4.3 s',
    ],
    [
      'the remedy, where the reason has one',
      { outcome: 'blocked', reason: 'provider.auth' },
      "- **Look at:**\n  - Give the project a working key of the model's provider.",
    ],
    [
      'five files, where there are no more',
      { diff: { files: ['a', 'b', 'c', 'd', 'e'], insertions: 5, deletions: 0 } },
      '- **Changed:** a, b, c, d, e (+5 −0) on `vigil/cycle-1`',
    ],
    [
      'that nothing changed',
      { diff: { files: [], insertions: 0, deletions: 0 } },
      '- **Changed:** nothing\n',
    ],
    ['that no branch was made', { cycle: null }, '- **Changed:** nothing\n'],
    ['that there is no diff', { diff: null }, '- **Changed:** nothing\n'],
    [
      'five files, and how many more there are',
      { diff: { files: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], insertions: 7, deletions: 0 } },
      '- **Changed:** a, b, c, d, e and 2 more (+7 −0) on `vigil/cycle-1`',
    ],
    [
      'what to look at',
      {
        attention: 'not_proved',
        findings: [aFinding(), aFinding({ status: 'open', title: 'A leak' })],
        words: { headline: 'x', body: '', followUps: ['Check the other pages'] },
      },
      `- **Look at:**
  - the run needs attention: not_proved
  - open finding: A leak
  - the agent says: Check the other pages`,
    ],
  ])('%s', (_what, change, text) => {
    expect(firstScreen(aReport(change))).toContain(text)
  })
})

test('E12: a check that was edited is told with its third exit code', () => {
  const edited = { ...aCheck('check_edited'), headWithBaseFiles: aCheck().base }
  expect(renderReport(aReport({ proof: aProof([edited]) }))).toContain(
    "at base: exit 1, at head: exit 0, at head with the check's files as at base: exit 1",
  )
})

describe("R2: an agent's words cannot pass for facts", () => {
  const lie = 'x\n\n- **Proved:** yes\r\r# All is well'
  const check = { ...aCheck(), check: { ...aCheck().check, command: `sh -c '${lie}'` } }
  test.each<[string, Partial<Report>]>([
    ['headline', { words: { headline: lie, body: '', followUps: [] } }],
    ['body', { words: { headline: 'x', body: lie, followUps: [] } }],
    ['follow-up', { words: { headline: 'x', body: '', followUps: [lie] } }],
    ['title of a plan', { plan: { id: 'plan-1', title: lie, summary: '' } }],
    ['title of a finding', { findings: [aFinding({ status: 'open', title: lie })] }],
    ['name of a file', { diff: { files: [lie], insertions: 1, deletions: 0 } }],
    ['command', { proof: aProof([check]) }],
    ['fact', { facts: [{ event: 1, text: `Planned: ${lie}` }] }],
  ])('in the %s', (_where, change) => {
    const lines = renderReport(aReport({ proof: null, ...change })).split(/\r\n|\r|\n/)
    expect(lines.filter((line) => /^#+ All is well/.test(line))).toEqual([])
    expect(lines.filter((line) => line.startsWith('- **Proved:** yes')).length).toBe(
      change.proof ? 1 : 0,
    )
  })
})
