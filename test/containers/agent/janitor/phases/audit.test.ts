import { expect, test } from 'vitest'
import { commitTree, gitIn, makeRepository, type Tree } from '../make-repository.ts'
import { runJanitor } from '../run-janitor.ts'

const MENDED = '# Top\r\n\r\n[a](docs/a.md) and [b](docs/b.md)\r\n'

/** What is committed instead of the mend alone, and the finding that it brings. */
const ROWS: [string, Tree, string | undefined][] = [
  ['the mend alone', { 'README.md': MENDED }, undefined],
  ['a word', { 'README.md': MENDED.replace('and', 'or') }, 'Unplanned change in README.md'],
  ['line endings', { 'README.md': MENDED.replaceAll('\r', '') }, 'Unplanned change in README.md'],
  [
    'another destination',
    { 'README.md': MENDED.replace('docs/b.md', './docs/b.md') },
    'Unplanned change in README.md',
  ],
  ['a new file', { 'README.md': MENDED, 'new.md': 'x' }, 'Unplanned change in new.md'],
  ['a lost file', { 'README.md': MENDED, 'docs/b.md': null }, 'Unplanned change in docs/b.md'],
  ['a file of code', { 'README.md': MENDED, 'x.js': 'b' }, 'Unplanned change in x.js'],
  ['a symlink', { 'README.md': MENDED, 'x.js': { link: 'docs' } }, 'Unplanned change in x.js'],
  ['nothing', {}, 'Link not mended in README.md'],
]

test.each(ROWS)('an audit sees %s', (_, tree, expected) => {
  const root = makeRepository({
    'README.md': MENDED.replace('docs/a.md', 'Docs/a.md'),
    'docs/a.md': 'x',
    'docs/b.md': 'x',
    'x.js': 'a',
  })
  const baseCommit = gitIn(root, 'rev-parse', 'HEAD').trim()
  const { plan } = runJanitor(root, 'discovery')
  commitTree(root, tree, 'Checkpoint\n\nRun: run-1')
  const audit = runJanitor(root, 'audit', { plan, baseCommit })
  expect(audit.findings.map(({ title }) => title)).toEqual(expected ? [expected] : [])
  expect(audit.completion?.verdict).toBe(expected ? 'request_changes' : 'approve')
  expect(audit.section?.section).toBe(0)
})

test("another run's work in the same cycle is not held against this one", () => {
  const root = makeRepository({ 'README.md': '[a](Docs/a.md)', 'docs/a.md': 'x' })
  const baseCommit = gitIn(root, 'rev-parse', 'HEAD').trim()
  commitTree(root, { 'src/new.js': 'x' }, 'Add a thing\n\nRun: run-0')
  const { plan } = runJanitor(root, 'discovery')
  runJanitor(root, 'code', { plan })
  commitTree(root, {}, 'Checkpoint\n\nRun: run-1')
  expect(runJanitor(root, 'audit', { plan, baseCommit }).findings).toEqual([])
})

test('a clean audit closes the findings that are open', () => {
  const root = makeRepository({ 'README.md': '[a](Docs/a.md)', 'docs/a.md': 'x' })
  const { plan } = runJanitor(root, 'discovery')
  runJanitor(root, 'code', { plan })
  const finding = {
    ...{ severity: 'bug' as const, title: 'x', detail: 'x', planId: 'p', runId: 'r', turnId: 't' },
    ...{ sightings: 1, createdAt: '2026-01-01T00:00:00Z' },
  }
  const findings = [
    { ...finding, key: 'one', status: 'open' as const },
    { ...finding, key: 'two', status: 'fixed' as const },
  ]
  expect(runJanitor(root, 'audit', { plan, findings }).closed.map(({ key }) => key)).toEqual([
    'one',
  ])
})
