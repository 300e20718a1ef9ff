import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeSample } from '#infra/local/sample/make-sample.ts'

const NOW = new Date('2026-01-31T12:00:00Z')

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sample-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function gitIn(root: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
}

test('the sample is a repository on main with a history, clean, by a fixed author', async () => {
  const root = join(makeFolder(), 'deep/er/sample')
  await makeSample(root, NOW)
  expect(gitIn(root, 'branch', '--show-current')).toBe('main')
  expect(gitIn(root, 'status', '--porcelain')).toBe('')
  expect(gitIn(root, 'fsck', '--strict')).toBe('')
  const log = gitIn(root, 'log', '--format=%an <%ae> %cn <%ce> %aI').split('\n')
  expect(log).toHaveLength(6)
  for (const line of log) {
    expect(line).toMatch(/^(Handbook <handbook@example.invalid> ){2}202[56]-/)
  }
  expect(
    gitIn(root, 'log', '--follow', '--format=%s', 'docs/on-call/alerts.md').split('\n'),
  ).toEqual([
    'Keep all about being on call in one folder',
    'Write down how we work and what may page us',
  ])
})

test('the same time makes the same commits, whatever the user has configured', async () => {
  const folder = makeFolder()
  await makeSample(join(folder, 'one'), NOW)
  const home = join(folder, 'home')
  mkdirSync(home)
  writeFileSync(
    join(home, '.gitconfig'),
    '[user]\nname = Somebody\n[commit]\ngpgsign = true\n[init]\ndefaultBranch = trunk\n[core]\nautocrlf = true\n',
  )
  const before = process.env.HOME
  process.env.HOME = home
  onTestFinished(() => {
    process.env.HOME = before
  })
  await makeSample(join(folder, 'two'), NOW)
  const [one, two] = ['one', 'two'].map((name) => gitIn(join(folder, name), 'rev-parse', 'main'))
  expect(two).toBe(one)
})

test('a folder that is there is left as it is', async () => {
  const root = join(makeFolder(), 'sample')
  mkdirSync(root)
  writeFileSync(join(root, 'mine'), 'x')
  await makeSample(root, NOW)
  expect(readdirSync(root)).toEqual(['mine'])
})

test('of two makers at once both find one whole sample, and nothing is left beside it', async () => {
  const folder = makeFolder()
  const root = join(folder, 'sample')
  await Promise.all([makeSample(root, NOW), makeSample(root, NOW), makeSample(root, NOW)])
  expect(existsSync(join(root, 'README.md'))).toBe(true)
  expect(gitIn(root, 'status', '--porcelain')).toBe('')
  expect(readdirSync(folder)).toEqual(['sample'])
})
