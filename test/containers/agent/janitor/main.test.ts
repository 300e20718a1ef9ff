import { expect, test } from 'vitest'
import { makeHandbook } from './make-handbook.ts'
import { gitIn, makeRepository } from './make-repository.ts'
import { runCommand, runJanitor } from './run-janitor.ts'

test('the sample goes through all phases: two links mended, one left', async () => {
  const root = await makeHandbook()
  const baseCommit = gitIn(root, 'rev-parse', 'HEAD').trim()

  const discovery = runJanitor(root, 'discovery')
  const { plan } = discovery
  if (!plan) throw new Error('no plan')
  expect(discovery.exit).toBe(0)
  expect(discovery.nonces).toEqual(new Set(['nonce-1']))
  expect(plan.title).toBe('Mend 2 broken links in 2 files')
  expect(plan.dedupeKey).toMatch(/^janitor-links-[0-9a-f]{12}$/)
  expect(plan.verification).toMatchObject([{ expect: 'red_to_green', files: [] }])
  expect(plan.rationale).toContain('docs/onboarding.md:13: checklist.md')
  expect(discovery.completion).toMatchObject({ status: 'done' })
  expect(gitIn(root, 'status', '--porcelain')).toBe('')

  const command = plan.verification[0]?.command ?? ''
  expect(runCommand(root, command).exit).toBe(1)
  expect(runJanitor(root, 'audit', { plan, baseCommit }).completion?.verdict).toBe(
    'request_changes',
  )

  const code = runJanitor(root, 'code', { plan, baseCommit })
  expect(code.completion).toMatchObject({
    status: 'done',
    filesChanged: ['README.md', 'docs/onboarding.md'],
  })
  expect(code.events.filter(({ type }) => type === 'tool_start')).toHaveLength(3)
  expect(gitIn(root, 'diff', '--numstat')).toBe('1\t1\tREADME.md\n1\t1\tdocs/onboarding.md\n')
  expect(gitIn(root, 'rev-parse', 'HEAD').trim()).toBe(baseCommit)
  expect(runCommand(root, command)).toMatchObject({ exit: 0, stderr: '' })
  expect(runJanitor(root, 'code', { plan, baseCommit }).completion?.noop).toBeDefined()

  gitIn(root, 'commit', '--quiet', '--all', '-m', 'Checkpoint\n\nrun: run-1')
  for (const phase of ['audit', 'final_audit'] as const) {
    const audit = runJanitor(root, phase, { plan, baseCommit })
    expect(audit.findings).toEqual([])
    expect(audit.completion).toMatchObject({ status: 'done', verdict: 'approve' })
    expect(audit.section?.followUps).toEqual([
      'docs/onboarding.md:13: checklist.md leads nowhere; candidates: docs/incidents/checklist.md, runbooks/checklist.md',
    ])
  }
  const report = runJanitor(root, 'report', { plan, baseCommit })
  expect(report.report?.headline).toBe('Mended 2 of 2 broken links; 1 left')
  expect(report.report?.followUps).toHaveLength(1)
  expect(report.completion?.status).toBe('done')

  expect(runJanitor(root, 'discovery').completion?.noop?.reason).toContain('1 broken without')
}, 60_000)

test.each(['ready', 'executing', 'completed', 'failed', 'archived'])(
  'a plan on record as %s decides whether it is proposed again',
  async (status) => {
    const root = await makeHandbook()
    const dedupeKey = runJanitor(root, 'discovery').plan?.dedupeKey ?? ''
    const again = runJanitor(root, 'discovery', {
      plans: [{ id: 'p', title: 'x', dedupeKey, status }],
    })
    const isProposed = status === 'failed' || status === 'archived'
    expect(again.plan !== undefined).toBe(isProposed)
    expect(again.completion?.noop !== undefined).toBe(!isProposed)
  },
)

test('a repository without broken links is nothing to do, with the number checked', () => {
  const root = makeRepository({ 'README.md': '[a](b.md)', 'b.md': '# B' })
  const { plan, completion } = runJanitor(root, 'discovery')
  expect(plan).toBeUndefined()
  expect(completion).toMatchObject({
    status: 'done',
    noop: { reason: 'Checked 1 relative link in 2 Markdown files: none is broken.' },
  })
})

test('a task that is not about links is refused, one that is about them is planned', async () => {
  const root = await makeHandbook()
  const refused = runJanitor(root, 'discovery', { task: 'Rewrite it in another language' })
  expect(refused.plan).toBeUndefined()
  expect(refused.completion?.noop?.reason).toContain('only mends broken links')
  expect(runJanitor(root, 'discovery', { task: 'Mend the broken links' }).plan).toBeDefined()
})

test('a merge conflict is left to others', async () => {
  const { completion, exit } = runJanitor(await makeHandbook(), 'resolve')
  expect(exit).toBe(0)
  expect(completion?.status).toBe('blocked')
})

test('a slow run is heard while it waits', async () => {
  const root = await makeHandbook()
  const { plan } = runJanitor(root, 'discovery')
  const code = runJanitor(root, 'code', { plan }, { JANITOR_PAUSE_MS: '10' })
  expect(code.events.filter((it) => it.type === 'text' && /pausing/.test(it.text))).toHaveLength(2)
})

test.each([
  ['no request is named', {}],
  ['the request is not there', { VIGIL_REQUEST: '/nowhere' }],
  ['the request is no JSON', { VIGIL_REQUEST: import.meta.filename }],
  ['the request is another object', { VIGIL_REQUEST: 'package.json' }],
])('the exit is EX_CONFIG when %s', (_, env) => {
  const root = makeRepository({ 'package.json': '{"phase":"code"}' })
  const { exit, stderr, events } = runJanitor(root, 'code', {}, { VIGIL_REQUEST: '', ...env })
  expect(exit).toBe(78)
  expect(stderr).toMatch(/^janitor: ./)
  expect(events).toEqual([])
})
