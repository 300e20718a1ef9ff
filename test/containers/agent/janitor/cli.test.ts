import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeRepository } from './make-repository.ts'
import { runCommand } from './run-janitor.ts'

/** README.md, the pairs asked for, the exit and what is said. */
const ROWS: [string, string, number, string][] = [
  ['[a](b.md)', 'x.md => b.md', 0, 'green: README.md: x.md => b.md\n'],
  ['[a](x.md)', 'x.md => b.md', 1, 'red (line 1 still has the broken link): '],
  ['[a](x.md) [a](b.md)', 'x.md => b.md', 1, 'red (line 1 still has the broken link): '],
  ['nothing', 'x.md => b.md', 1, 'red (no link has the new destination): '],
  ['[a](y.md)', 'x.md => y.md', 1, 'red (the new destination leads nowhere): '],
  ['[a](b.md) [c](c.md)', 'c.md => b.md', 0, 'green: '],
  ['`[a](b.md)`', 'x.md => b.md', 1, 'red (no link has the new destination): '],
]

test.each(ROWS)('in %j, %s exits with %i', (text, pair, exit, said) => {
  const root = makeRepository({ 'README.md': text, 'b.md': '# B', 'c.md': '# C' })
  const checked = runCommand(root, `janitor check 'README.md: ${pair}'`)
  expect(checked.exit).toBe(exit)
  expect(checked.stdout).toContain(said)
})

test('each pair has its line, and one red makes the check red', () => {
  const root = makeRepository({ 'README.md': '[a](b.md)', 'b.md': '# B' })
  const checked = runCommand(root, "janitor check 'README.md: x => b.md' 'gone.md: x => b.md'")
  expect(checked.exit).toBe(1)
  expect(checked.stdout.trimEnd().split('\n')).toHaveLength(2)
  expect(checked.stdout).toContain('red (there is no such Markdown file): gone.md')
})

test.each(['janitor', 'janitor check', 'janitor look', 'janitor check nonsense'])(
  '%s exits with 2',
  (command) => {
    const checked = runCommand(makeRepository({ 'a.md': 'x' }), command)
    expect(checked).toMatchObject({ exit: 2, stdout: '' })
    expect(checked.stderr).toContain('usage: janitor check')
  },
)

test('a folder that is no repository exits with 2', () => {
  expect(runCommand('/', "janitor check 'a.md: b => c'").exit).toBe(2)
})

test('the command is found through a symlink', () => {
  const root = makeRepository({ 'a.md': '[b](a.md)' })
  const command = join(import.meta.dirname, '../../../../containers/agent/bin/janitor')
  symlinkSync(command, join(root, 'linked'))
  expect(runCommand(root, "./linked check 'a.md: b => a.md'").exit).toBe(0)
})

test('inside of a hook of another repository the checkout is still the one it runs in', () => {
  const root = makeRepository({ 'a.md': '[b](a.md)' })
  const elsewhere = 'GIT_DIR=/nowhere GIT_INDEX_FILE=/nowhere/index'
  expect(runCommand(root, `${elsewhere} janitor check 'a.md: b => a.md'`).exit).toBe(0)
})
