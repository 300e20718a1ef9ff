import { describe, expect, test } from 'vitest'
import { Completion } from '#core/contracts/completion.ts'
import { TOOLS, ToolName } from '#core/contracts/submission.ts'
import { aPlan } from './a-plan.ts'

const GOOD: Record<ToolName, object> = {
  submit_plan: aPlan(),
  report_finding: { severity: 'bug', title: 'A leak', detail: 'The file is never closed.' },
  close_finding: { key: 'f-1', reason: 'It is closed now.' },
  submit_section_summary: { section: 0, done: 'Mended', deviations: '', followUps: [] },
  submit_report: { headline: 'Mended', body: '', followUps: [] },
  complete_turn: { status: 'done', summary: 'Mended.' },
}

describe.each(ToolName.options)('%s', (tool) => {
  test('takes what it asks for, and no key more', () => {
    expect(TOOLS[tool].safeParse(GOOD[tool]).success).toBe(true)
    const { error } = TOOLS[tool].safeParse({ ...GOOD[tool], planId: 'plan-7' })
    expect(error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['planId'] }])
  })

  test.each(Object.keys(GOOD[tool]))('does not do without %s', (field) => {
    const { error } = TOOLS[tool].safeParse({ ...GOOD[tool], [field]: undefined })
    expect(error?.issues[0]?.path).toEqual([field])
  })
})

test.each<[string, tool: ToolName, change: object]>([
  ['E4: a finding is a bug or a warning', 'report_finding', { severity: 'critical' }],
  ['E4: lines are counted from 1', 'report_finding', { line: 0 }],
  ['E3: sections are counted from 0 to 7', 'submit_section_summary', { section: 8 }],
  ['T14: a summary has 2,000 characters', 'complete_turn', { summary: 'x'.repeat(2_001) }],
  ['T14: a summary says something', 'complete_turn', { summary: '' }],
  ['T14: a turn is done, continued, blocked, failed or partial', 'complete_turn', { status: 'ok' }],
  ['T14: an auditor approves or requests changes', 'complete_turn', { verdict: 'lgtm' }],
  ['T14: nothing to do has a reason', 'complete_turn', { noop: {} }],
  ['D8: notes have 8,000 characters', 'complete_turn', { notes: 'x'.repeat(8_001) }],
  ['R2: a headline is one of words', 'submit_report', { headline: '' }],
])('%s', (_fact, tool, change) => {
  expect(TOOLS[tool].safeParse({ ...GOOD[tool], ...change }).success).toBe(false)
})

test('T14: a completion may say all of this', () => {
  const all = {
    status: 'continue',
    summary: 'x'.repeat(2_000),
    nextTask: 'The rest.',
    filesChanged: ['README.md'],
    tests: 'npm test',
    failureClass: 'workspace.setup',
    retryable: false,
    needsRerun: true,
    verdict: 'approve',
    noop: { reason: 'Done before.' },
    notes: 'Use npm ci.',
  }
  expect(Completion.parse(all)).toEqual(all)
})
