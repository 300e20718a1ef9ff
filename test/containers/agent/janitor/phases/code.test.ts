import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { layTree, makeRepository } from '../make-repository.ts'
import { runCommand, runJanitor } from '../run-janitor.ts'

test('links with odd names are planned, mended and proved, byte for byte', () => {
  const before = Buffer.from(
    "\uFEFF# It's\r\n\r\n[a](Sub%20Dir/it's%20ü.md#Top-Part) [b](<Sub Dir/it's ü.md>)  \r\n\r\n[c]: Sub%20Dir/%C3%BC.md\r\nno newline",
  )
  const root = makeRepository({
    "it's $(odd) `name` é.md": before,
    "sub dir/it's ü.md": '# Top part\n',
    'sub dir/ü.md': 'x',
  })
  const { plan } = runJanitor(root, 'discovery')
  expect(plan?.steps).toHaveLength(3)
  const command = plan?.verification[0]?.command ?? ''
  expect(runCommand(root, command).exit).toBe(1)
  expect(runJanitor(root, 'code', { plan }).completion?.status).toBe('done')
  expect(runCommand(root, command).exit).toBe(0)
  const after = readFileSync(join(root, "it's $(odd) `name` é.md"), 'utf8')
  expect(after).toBe(
    "\uFEFF# It's\r\n\r\n[a](sub%20dir/it%27s%20ü.md#top-part) [b](<sub%20dir/it%27s%20ü.md>)  \r\n\r\n[c]: sub%20dir/%C3%BC.md\r\nno newline",
  )
})

test('an edit keeps the mode of the file and leaves other files alone', () => {
  const root = makeRepository({ 'README.md': '[a](Docs/a.md)', 'docs/a.md': 'x' })
  runCommand(root, 'chmod 755 README.md && git add README.md')
  const { plan } = runJanitor(root, 'discovery')
  runJanitor(root, 'code', { plan })
  expect(statSync(join(root, 'README.md')).mode & 0o777).toBe(0o755)
  expect(runCommand(root, 'git status --porcelain').stdout).toContain('README.md')
})

test('only what the plan names is mended', () => {
  const root = makeRepository({ 'README.md': '[a](Docs/a.md)', 'docs/a.md': 'x' })
  const { plan } = runJanitor(root, 'discovery')
  layTree(root, { 'README.md': '[a](Docs/a.md) [b](DOCS/a.md)' })
  expect(runJanitor(root, 'fix', { plan }).completion?.status).toBe('done')
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toBe('[a](docs/a.md) [b](DOCS/a.md)')
})

test('what is no longer certain is not mended: partial when other links were', () => {
  const root = makeRepository({
    'README.md': '[a](Docs/a.md) [b](guide.md)',
    'docs/a.md': 'x',
    'docs/guide.md': 'x',
  })
  const { plan } = runJanitor(root, 'discovery')
  layTree(root, { 'more/guide.md': 'x' })
  runCommand(root, 'git add .')
  const { completion } = runJanitor(root, 'code', { plan })
  expect(completion?.status).toBe('partial')
  expect(completion?.summary).toContain('Not mended: README.md: guide.md => docs/guide.md')
})

test('a plan that the janitor did not make, or made up, is blocked', () => {
  const root = makeRepository({ 'README.md': '[a](Docs/a.md)', 'docs/a.md': 'x', 'z.md': 'x' })
  const { plan } = runJanitor(root, 'discovery')
  if (!plan) throw new Error('no plan')
  for (const command of ['npm test', "janitor check 'README.md: Docs/a.md => z.md'"]) {
    const other = {
      ...plan,
      verification: [{ command, expect: 'red_to_green' as const, files: [] }],
    }
    expect(runJanitor(root, 'code', { plan: other }).completion?.status).toBe('blocked')
  }
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toBe('[a](Docs/a.md)')
})
