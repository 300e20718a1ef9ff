import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readOutbox } from '#containers/agent/outbox.ts'
import type { Phase } from '#core/contracts/phase.ts'
import { PLAN_MAX_CHARACTERS } from '#core/contracts/plan.ts'
import { aPlan } from '#test/core/contracts/a-plan.ts'
import { makeFolder } from './make-folder.ts'

const DONE = { status: 'done', summary: 'It is done.' }
const SUMMARY = { section: 0, done: 'x', deviations: '', followUps: [] }
const finding = (title: string) => ({ severity: 'bug', title, detail: 'Look.' })

/** An outbox with these files; what is an object gets the nonce and becomes JSON. */
const outbox = (files: Record<string, object | string>): string => {
  const folder = makeFolder()
  for (const [name, content] of Object.entries(files))
    writeFileSync(
      join(folder, name),
      typeof content === 'string' ? content : JSON.stringify({ nonce: 'n-1', ...content }),
    )
  return folder
}
const read = (files: Record<string, object | string>, phase: Phase = 'discovery') =>
  readOutbox(outbox(files), { nonce: 'n-1', phase })

test('T14: everything that was handed in is there, in order of name', async () => {
  const audit = await read(
    {
      'report_finding.2.json': finding('second'),
      'report_finding.1.json': finding('first'),
      'close_finding.json': { key: 'f-1', reason: 'Mended.' },
      'submit_section_summary.0.json': SUMMARY,
      'complete_turn.json': DONE,
      'notes.json': { text: 'of the agent itself' },
      '.part': 'half a file',
    },
    'audit',
  )
  expect(audit).toEqual({
    findings: [finding('first'), finding('second')],
    closed: [{ key: 'f-1', reason: 'Mended.' }],
    summaries: [SUMMARY],
    completion: DONE,
    refused: [],
  })
  const report = { headline: 'Mended', body: '', followUps: [] }
  expect(await read({ 'submit_report.json': report }, 'report')).toMatchObject({ report })
  expect(await read({ 'submit_plan.json': aPlan() })).toMatchObject({ plan: aPlan() })
})

describe('T14: what is refused says why', () => {
  const over = { ...aPlan(), contextSignals: Array(40).fill('x'.repeat(1_000)) }
  const tooLong = { ...over, filesLikely: Array(200).fill('x'.repeat(300)) }

  test.each<[string, Record<string, object | string>, RegExp]>([
    ['a stale nonce', { 'complete_turn.json': { ...DONE, nonce: 'n-0' } }, /another attempt/],
    ['no nonce', { 'complete_turn.json': JSON.stringify(DONE) }, /no JSON object with a nonce/],
    ['no JSON', { 'complete_turn.json': '{"nonce":"n-1",' }, /no JSON object/],
    ['no object', { 'complete_turn.json': '["n-1"]' }, /no JSON object/],
    ['an empty file', { 'complete_turn.json': '' }, /no JSON object/],
    ['a word that is none', { 'complete_turn.json': { ...DONE, status: 'ok' } }, /status/],
    ['a key too much', { 'complete_turn.json': { ...DONE, planId: 'p' } }, /planId/],
    ['more than fits', { 'complete_turn.json': `{"nonce":"n-1"}${' '.repeat(400_000)}` }, /over/],
    ['D2: a plan over its limit', { 'submit_plan.json': tooLong }, /100000 characters/],
    ['D2: what has no place there', { 'report_finding.json': finding('x') }, /in discovery/],
    ['D2: a second plan', { 'submit_plan.1.json': aPlan(), 'submit_plan.2.json': aPlan() }, /once/],
  ])('%s', async (_what, files, because) => {
    const { refused, completion } = await read(files)
    expect(refused).toHaveLength(1)
    expect(refused[0]?.because).toMatch(because)
    expect(completion).toBeUndefined()
  })

  test('D2: with all its reasons, and a good plan after a bad one is taken', async () => {
    const found = await read({
      'submit_plan.1.json': aPlan({ title: '', steps: [] }),
      'submit_plan.2.json': aPlan({ title: 'The second' }),
    })
    expect(found.plan?.title).toBe('The second')
    expect(found.refused).toMatchObject([{ tool: 'submit_plan' }])
    expect(found.refused[0]?.because).toMatch(/title.*steps/s)
  })

  test('D2: the first of two plans counts', async () => {
    const first = aPlan({ title: 'The first' })
    const found = await read({ 'submit_plan.1.json': first, 'submit_plan.2.json': aPlan() })
    expect(found.plan?.title).toBe('The first')
  })

  test('E9: only an auditor has findings, at most a hundred of them', async () => {
    const reports = Array.from({ length: 101 }, (_, n) => [
      `report_finding.${n}.json`,
      finding('x'),
    ])
    const found = await read(Object.fromEntries(reports), 'final_audit')
    expect(found.findings).toHaveLength(100)
    expect(found.refused).toMatchObject([{ because: expect.stringContaining('at most 100') }])
    expect((await read(Object.fromEntries(reports.slice(0, 1)), 'code')).findings).toEqual([])
  })

  test('a plan of just under its limit is taken', async () => {
    const plan = { nonce: 'n-1', ...over }
    expect(JSON.stringify(plan).length).toBeLessThan(PLAN_MAX_CHARACTERS)
    expect((await read({ 'submit_plan.json': over })).refused).toEqual([])
  })
})

describe('what is no plain file is refused, without a path of the machine', () => {
  const refusalOf = async (make: (path: string) => void) => {
    const folder = outbox({})
    make(join(folder, 'complete_turn.json'))
    const { refused, completion } = await readOutbox(folder, { nonce: 'n-1', phase: 'code' })
    expect(completion).toBeUndefined()
    expect(refused).toHaveLength(1)
    expect(refused[0]?.because).not.toContain(folder)
    return refused[0]?.because
  }

  test('a link, also to what would be good', async () => {
    const elsewhere = join(outbox({ 'complete_turn.json': DONE }), 'complete_turn.json')
    expect(await refusalOf((path) => symlinkSync(elsewhere, path))).toMatch(/plain file/)
  })

  test('a FIFO, which nobody writes to', async () => {
    expect(await refusalOf((path) => void execFileSync('mkfifo', [path]))).toMatch(/plain file/)
  })

  test('a folder', async () => {
    expect(await refusalOf((path) => mkdirSync(path))).toMatch(/plain file/)
  })
})

test('an agent that removed its outbox handed in nothing', async () => {
  const folder = outbox({})
  rmSync(folder, { recursive: true })
  expect(await readOutbox(folder, { nonce: 'n-1', phase: 'code' })).toMatchObject({
    findings: [],
    refused: [],
  })
})

test('other files, however many, do not hide what was handed in', async () => {
  const others = Array.from({ length: 600 }, (_, index) => [`a${index}.json`, '{}'])
  const found = await read({ ...Object.fromEntries(others), 'complete_turn.json': DONE })
  expect(found.completion).toEqual(DONE)
})
