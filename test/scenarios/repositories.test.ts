import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openScene, vigilOnce } from './plane-process.ts'

type Scene = Awaited<ReturnType<typeof openScene>>
let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

const git = (cwd: string, ...args: string[]) =>
  execFileSync(
    'git',
    [
      '-c',
      'user.name=Test',
      '-c',
      'user.email=test@test.invalid',
      '-c',
      'protocol.file.allow=always',
      ...args,
    ],
    { cwd, encoding: 'utf8', env: { PATH: process.env.PATH, HOME: cwd } },
  ).trim()

/** A repository with one broken link that has one certain answer. */
const repository = (name: string): string => {
  const path = join(scene.home, name)
  mkdirSync(path, { recursive: true })
  git(path, 'init', '--quiet', '--initial-branch=main')
  writeFileSync(join(path, 'README.md'), '# Home\n\nRead the [guide](GUIDE.md).\n')
  writeFileSync(join(path, 'guide.md'), '# Guide\n')
  commit(path)
  return path
}
const commit = (path: string) => {
  git(path, 'add', '--all')
  git(path, 'commit', '--quiet', '-m', 'Write')
}

const KINDS: [string, (path: string) => void][] = [
  ['with spaces and ünïcode 名前', () => undefined],
  [
    'with a submodule',
    (path) => {
      const other = repository('other')
      git(path, 'submodule', '--quiet', 'add', other, 'sub')
      commit(path)
    },
  ],
  [
    'with symlinks, one out of it',
    (path) => {
      symlinkSync('guide.md', join(path, 'alias.md'))
      symlinkSync('/etc', join(path, 'etc'))
      commit(path)
    },
  ],
  [
    'with 10,000 files',
    (path) => {
      for (let folder = 0; folder < 100; folder += 1) {
        mkdirSync(join(path, `d${folder}`))
        for (let file = 0; file < 100; file += 1)
          writeFileSync(join(path, `d${folder}`, `f${file}.txt`), `${folder} ${file}\n`)
      }
      commit(path)
    },
  ],
  [
    'with CRLF',
    (path) => {
      writeFileSync(join(path, 'README.md'), '# Home\r\n\r\nRead the [guide](GUIDE.md).\r\n')
      commit(path)
    },
  ],
  [
    'with CRLF, and attributes that want LF',
    (path) => {
      writeFileSync(join(path, 'README.md'), '# Home\r\n\r\nRead the [guide](GUIDE.md).\r\n')
      writeFileSync(join(path, 'other.md'), '# Other\r\n')
      commit(path)
      writeFileSync(join(path, '.gitattributes'), '*.md text eol=lf\n')
      git(path, 'add', '.gitattributes')
      git(path, 'commit', '--quiet', '-m', 'Want LF')
    },
  ],
  ['with a detached HEAD', (path) => git(path, 'checkout', '--quiet', '--detach')],
  [
    'with uncommitted changes',
    (path) => {
      writeFileSync(join(path, 'guide.md'), '# Guide, being written\n')
      writeFileSync(join(path, 'new.md'), '# New\n')
    },
  ],
]

describe('a repository', () => {
  test.each(KINDS)('%s is worked on, and left as it is', async (name, prepare) => {
    const path = repository(name)
    prepare(path)
    const before = [git(path, 'status', '--porcelain'), git(path, 'rev-parse', 'HEAD')]
    const text = readFileSync(join(path, 'README.md'))
    const args = ['run', '--repo', path, '--json']
    const { stdout, stderr, exit } = await vigilOnce(scene.home, args)
    expect(exit, stderr).toBe(0)
    const answer = JSON.parse(stdout)
    expect(answer).toMatchObject({ outcome: 'executed', proof: { proved: true } })
    expect([git(path, 'status', '--porcelain'), git(path, 'rev-parse', 'HEAD')]).toEqual(before)
    const applied = await vigilOnce(scene.home, ['apply', answer.cycle])
    expect(applied.exit, applied.stderr).toBe(0)
    const mended = execFileSync('git', ['show', `${answer.branch}:README.md`], { cwd: path })
    expect(mended.toString()).toBe(text.toString().replace('GUIDE.md', 'guide.md'))
  })

  test('of SHA-256 is worked on', async () => {
    const path = join(scene.home, 'sha256')
    mkdirSync(path)
    git(path, 'init', '--quiet', '--object-format=sha256')
    writeFileSync(join(path, 'README.md'), 'Read the [guide](GUIDE.md).\n')
    writeFileSync(join(path, 'guide.md'), '# Guide\n')
    commit(path)
    const { stdout, stderr, exit } = await vigilOnce(scene.home, ['run', '--repo', path, '--json'])
    expect(exit, stderr).toBe(0)
    expect(JSON.parse(stdout).headCommit).toMatch(/^[0-9a-f]{64}$/)
  })

  test('that is shallow is refused, with what to do about it', async () => {
    const path = repository('deep')
    writeFileSync(join(path, 'more.md'), '# More\n')
    commit(path)
    git(scene.home, 'clone', '--quiet', '--depth=1', `file://${path}`, 'shallow')
    const args = ['run', '--repo', join(scene.home, 'shallow')]
    const { stderr, exit } = await vigilOnce(scene.home, args)
    expect(stderr).toContain('git fetch --unshallow')
    expect(exit).toBe(2)
  })

  test('a folder that is none is taken with --copy, and the work comes as a patch (C3)', async () => {
    const path = join(scene.home, 'folder')
    mkdirSync(path)
    writeFileSync(join(path, 'README.md'), 'Read the [guide](GUIDE.md).\n')
    writeFileSync(join(path, 'guide.md'), '# Guide\n')
    const { stdout, stderr, exit } = await vigilOnce(scene.home, [
      'run',
      '--repo',
      path,
      '--copy',
      '--json',
    ])
    expect(exit, stderr).toBe(0)
    const applied = await vigilOnce(scene.home, ['apply', JSON.parse(stdout).cycle, '--json'])
    const patch = readFileSync(JSON.parse(applied.stdout).patch, 'utf8')
    expect(patch).toContain('+Read the [guide](guide.md).')
  })
})
