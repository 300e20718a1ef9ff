import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '#test/sources.ts'

const guide = readFileSync(new URL('../../docs/guides/try-the-clocks.md', import.meta.url), 'utf8')
const [preparation = '', steps = '', supervisors = ''] = [
  ...guide.matchAll(/```sh\n([\s\S]*?)```/g),
].map(([, block]) => block ?? '')

/** Each command of the guide that makes an agent hang, and what it says that comes of it. */
const STEPS = steps
  .split('\n')
  .filter((line) => line.startsWith('try '))
  .map((line) => line.split(/\s+# (?=[a-z_.]+: )/))
  .map(([command = '', says = '']) => ({ command, reason: says.split(':', 1)[0] ?? '' }))

test('the commands of the guide work as printed (T2)', { timeout: 600_000 }, () => {
  expect(STEPS.length).toBeGreaterThanOrEqual(7)
  const ends = supervisors
    .split('\n')
    .filter((line) => /^(pid_in|kill) /.test(line.replace('()', ' ')))
  const folder = mkdtempSync(join(tmpdir(), 'vigil-guide-'))
  const script = [
    preparation,
    ...STEPS.flatMap(({ command }, index) => [`echo "step ${index}"`, command]),
    ...ends,
  ].join('\n')
  const { stdout } = spawnSync('bash', ['-c', `${script}\nwait`], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: folder },
  })
  rmSync(folder, { recursive: true, force: true })
  const told = stdout.split(/^step \d+$/m).slice(1)
  expect(told).toHaveLength(STEPS.length)
  for (const [index, { command, reason }] of STEPS.entries()) {
    const story = told[index]?.slice(told[index].indexOf('set off by')) ?? ''
    expect(story, command).toContain(reason)
    expect(story, command).toMatch(/The clock [a-z]+ gives|deadline had come/)
    expect(story, command).toContain('Go on with: vigil resume run-')
  }
  expect(told[1]).toContain('a nudge')
})
