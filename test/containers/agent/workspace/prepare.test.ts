import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { prepare } from '#containers/agent/workspace/prepare.ts'
import { Source } from '#core/contracts/project.ts'
import { anAttemptRequest } from '#test/containers/agent/a-request.ts'
import { makeFolder } from '#test/containers/agent/make-folder.ts'
import { makeRepository } from './make-repository.ts'
import { memoryBucket, openBench } from './open-bench.ts'

/** Prepares a workspace for a discovery from a source. */
const prepareFrom = async (location: string, change: Partial<Source> = {}) => {
  const bench = await openBench()
  const source = Source.parse({ location, ...change })
  const origin = { kind: 'source', source } as const
  const request = anAttemptRequest({ phase: 'discovery', origin, source })
  const workspace = await prepare(bench.git, memoryBucket(), bench.folders, request)
  return {
    ...bench,
    workspace,
    file: (name: string) => readFileSync(join(bench.folders.repo, name), 'utf8'),
  }
}

const README = { 'README.md': '# Handbook\n', 'docs/ä b.md': 'ä\n' }

test('C1: a workspace stands on the commit that the origin points to, on no branch', async () => {
  const source = makeRepository(README)
  const head = source.git('rev-parse', 'HEAD')
  const { workspace, repo, file } = await prepareFrom(source.path)
  expect(workspace).toEqual({
    baseCommit: head,
    head,
    repository: { originHead: head, branch: 'main', baseIsAncestor: true, notes: [] },
  })
  expect(file('docs/ä b.md')).toBe('ä\n')
  expect(repo.git('status', '--porcelain')).toBe('')
  expect(repo.git('rev-parse', '--abbrev-ref', 'HEAD')).toBe('HEAD')
})

test('C1: a workspace has no remote that could be pushed to', async () => {
  const { repo } = await prepareFrom(makeRepository(README).path)
  expect(repo.git('remote')).toBe('')
})

test('C1: files are the bytes of the origin, whatever its attributes ask for', async () => {
  const tree = { '.gitattributes': '* text eol=crlf ident\n', 'a.txt': 'one $Id$\n' }
  const { repo, git, file } = await prepareFrom(makeRepository(tree).path)
  expect(file('a.txt')).toBe('one $Id$\n')
  repo.lay({ 'b.txt': 'one\r\n' })
  await git(repo.path, 'add', '--all')
  expect(repo.git('ls-files', '--eol', 'b.txt')).toMatch(/^i\/crlf/)
})

test('C1: a repository of the other hash is a source, too', async () => {
  const source = makeRepository()
  rmSync(join(source.path, '.git'), { recursive: true })
  source.git('init', '--quiet', '--object-format=sha256')
  const head = source.commit(README)
  expect(head).toHaveLength(64)
  expect((await prepareFrom(source.path)).workspace.head).toBe(head)
})

test('C1: uncommitted changes of a person are neither read nor touched', async () => {
  const source = makeRepository(README)
  source.lay({ 'README.md': 'half done', 'new.md': 'x', 'docs/ä b.md': null })
  source.git('add', 'new.md')
  const before = source.git('status', '--porcelain')
  const { file, folders } = await prepareFrom(source.path)
  expect(file('README.md')).toBe('# Handbook\n')
  expect(existsSync(join(folders.repo, 'new.md'))).toBe(false)
  expect(source.git('status', '--porcelain')).toBe(before)
  expect(source.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main')
})

test('C3: a detached HEAD is followed, and said', async () => {
  const source = makeRepository(README)
  const first = source.git('rev-parse', 'HEAD')
  source.commit({ 'README.md': 'later' })
  source.git('checkout', '--quiet', '--detach', first)
  const { workspace } = await prepareFrom(source.path)
  expect(workspace.repository).toMatchObject({ originHead: first, branch: 'HEAD' })
})

test('C3: the branch that a project names is watched, and not the one of HEAD', async () => {
  const source = makeRepository(README)
  source.git('checkout', '--quiet', '-b', 'feature/ä-1')
  const tip = source.commit({ 'feature.md': 'x' })
  source.git('checkout', '--quiet', 'main')
  const { workspace } = await prepareFrom(source.path, { branch: 'feature/ä-1' })
  expect(workspace.repository).toMatchObject({ originHead: tip, branch: 'feature/ä-1' })
})

test('C3: a URL, a bare repository and a linked work tree are sources, too', async () => {
  const source = makeRepository(README)
  const head = source.git('rev-parse', 'HEAD')
  const bare = join(makeFolder(), 'bare.git')
  source.git('clone', '--quiet', '--bare', '.', bare)
  const linked = join(makeFolder(), 'linked')
  source.git('worktree', 'add', '--quiet', '-b', 'linked', linked)
  for (const location of [pathToFileURL(source.path).href, bare, linked])
    expect((await prepareFrom(location)).workspace.head).toBe(head)
})

test('C3: what is there and not supported is noted', async () => {
  const source = makeRepository({
    '.gitmodules': '[submodule "lib"]\n\tpath = lib\n\turl = ../lib\n',
    '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
    'model.bin': 'version https://git-lfs.github.com/spec/v1\n',
  })
  const { workspace } = await prepareFrom(source.path)
  expect(workspace.repository?.notes).toEqual([
    'submodules are left empty',
    'files of Git LFS are left as pointers',
  ])
})

describe('workspace.clone', () => {
  test.each<[string, () => string, Partial<Source>]>([
    ['an empty repository', () => makeRepository().path, {}],
    ['a branch that is not there', () => makeRepository(README).path, { branch: 'gone' }],
    ['a folder that is no repository', makeFolder, {}],
    ['nothing at all', () => '/nowhere', {}],
    ['a copy of nothing', () => '/nowhere', { strategy: 'copy' }],
  ])('%s', async (_what, location, change) => {
    const prepared = prepareFrom(location(), change)
    await expect(prepared).rejects.toMatchObject({ code: 'workspace.clone' })
  })
})

describe('C3: a folder that is no repository', () => {
  const folder = (): string => {
    const path = join(makeFolder(), 'a földer')
    mkdirSync(join(path, 'node_modules'), { recursive: true })
    writeFileSync(join(path, 'ä.md'), 'ä')
    writeFileSync(join(path, '.gitignore'), 'node_modules\n')
    writeFileSync(join(path, 'node_modules', 'big.js'), 'x')
    return path
  }

  test('is one commit without what it ignores, the same for the same files', async () => {
    const path = folder()
    const first = await prepareFrom(path, { strategy: 'copy' })
    const second = await prepareFrom(path, { strategy: 'copy' })
    expect(first.repo.git('ls-files')).toBe('.gitignore\nä.md')
    expect(second.workspace).toEqual(first.workspace)
    expect(execFileSync('ls', ['-A', path], { encoding: 'utf8' })).toBe(
      '.gitignore\nnode_modules\nä.md\n',
    )
  })
})
