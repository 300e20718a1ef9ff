import { chmodSync, existsSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { storeBundle } from '#containers/agent/workspace/bundle.ts'
import { commitAll, snapshotTree, storeCheckpoint } from '#containers/agent/workspace/checkpoint.ts'
import { ORIGIN_REF } from '#containers/agent/workspace/fetch-source.ts'
import { prepare } from '#containers/agent/workspace/prepare.ts'
import { Source } from '#core/contracts/project.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import { anAttemptRequest } from '#test/containers/agent/a-request.ts'
import { makeRepository, type Tree } from './make-repository.ts'
import { memoryBucket, openBench } from './open-bench.ts'

const FILES: Tree = { 'README.md': '# Handbook\n', '.gitignore': 'dist/\n', 'old.md': 'x\n' }

/** A workspace on a fresh source, its base stored. */
const begin = async (files = FILES) => {
  const bench = await openBench()
  const bucket = memoryBucket()
  const source = Source.parse({ location: makeRepository(files).path })
  const request = anAttemptRequest({ origin: { kind: 'source', source }, source })
  const { baseCommit: base } = await prepare(bench.git, bucket, bench.folders, request)
  await storeBundle(bench.git, bucket, bench.folders, 'base.bundle', [ORIGIN_REF])
  return { ...bench, bucket, request, base }
}

describe('C2: commitAll', () => {
  test('commits what the agent left with trailers, ignored files not', async () => {
    const { git, repo, request, base } = await begin()
    repo.lay({ 'ä new.md': 'x', 'old.md': null, 'dist/app.js': 'x' })
    const tip = await commitAll(git, repo.path, request, base, 'Mend 2 links\n\nBoth work again.')
    expect(repo.git('diff', '--name-status', base, tip)).toBe('D\told.md\nA\tä new.md')
    expect(repo.git('log', '-1', '--format=%an <%ae>%n%B')).toBe(
      [
        'Vigil <vigil@vigil.invalid>',
        'Mend 2 links',
        '',
        'Both work again.',
        '',
        'Vigil-Run: run-1',
        'Vigil-Turn: run-1-t2',
        'Vigil-Attempt: run-1-t2-a1',
      ].join('\n'),
    )
    const trailers = repo.git('log', '-1', '--format=%(trailers:key=Vigil-Attempt,valueonly)')
    expect(trailers).toBe('run-1-t2-a1')
  })

  test("keeps the agent's own commits, and makes none when there is nothing to commit", async () => {
    const { git, repo, request, base } = await begin()
    const own = repo.commit({ 'own.md': 'x' }, 'Of the agent')
    expect(await commitAll(git, repo.path, request, base, 'Work')).toBe(own)
    repo.lay({ 'more.md': 'x' })
    const tip = await commitAll(git, repo.path, request, base, 'Work')
    expect(repo.git('log', '--format=%s', `${base}..${tip}`)).toBe('Work\nOf the agent')
  })

  test('is not stopped by hooks, a lock that was left, or NUL in the words of an agent', async () => {
    const { git, repo, request, base } = await begin()
    for (const hook of ['pre-commit', 'commit-msg', 'post-commit']) {
      repo.lay({ [`.git/hooks/${hook}`]: '#!/bin/sh\ntouch ../ran\nexit 1\n' })
      chmodSync(join(repo.path, '.git/hooks', hook), 0o755)
    }
    repo.lay({ '.git/index.lock': '', 'new.md': 'x' })
    await commitAll(git, repo.path, request, base, 'Work\n\nall\0 done')
    expect(repo.git('log', '-1', '--format=%s|%b')).toMatch(/^Work\|all done/)
    expect(existsSync(join(repo.path, '..', 'ran'))).toBe(false)
  })

  test.each([
    ['reset to before its base', ['reset', '--quiet', '--hard', 'HEAD~1']],
    ['begun anew', ['checkout', '--quiet', '--orphan', 'mine']],
    ['amended', ['commit', '--quiet', '--amend', '-m', 'Mine']],
  ])('puts work back on its base when it was %s', async (_how, command) => {
    const { git, repo, request, base, bucket, folders } = await (async () => {
      const source = makeRepository(FILES)
      source.commit({ 'second.md': 'x' })
      const bench = await openBench()
      const origin = { kind: 'source', source: Source.parse({ location: source.path }) } as const
      const asked = anAttemptRequest({ origin })
      const kept = memoryBucket()
      const { baseCommit } = await prepare(bench.git, kept, bench.folders, asked)
      return { ...bench, request: asked, base: baseCommit, bucket: kept }
    })()
    repo.git(...command)
    repo.lay({ 'new.md': 'x' })
    const tip = await commitAll(git, repo.path, request, base, 'Work')
    expect(repo.git('merge-base', base, tip)).toBe(base)
    expect(repo.git('show', `${tip}:new.md`)).toBe('x')
    expect(repo.git('log', '-1', '--format=%(trailers:key=Vigil-Run,valueonly)', tip)).toBe('run-1')
    expect(await storeCheckpoint(git, bucket, folders, request, { base, number: 1 })).toMatchObject(
      { commit: tip },
    )
  })
})

describe('C2: snapshotTree', () => {
  test('has untracked files, not ignored ones, and leaves the index of the agent alone', async () => {
    const { shadowGit, repo } = await begin()
    repo.lay({ 'README.md': 'staged\n', 'new ä.md': 'x', 'dist/app.js': 'x', 'old.md': null })
    repo.git('add', 'README.md')
    repo.lay({ 'README.md': 'changed again\n' })
    const before = repo.git('status', '--porcelain')
    const commit = (await snapshotTree(shadowGit, repo.path)) ?? ''
    expect(repo.git('status', '--porcelain')).toBe(before)
    expect(repo.git('ls-tree', '--name-only', commit)).toBe('.gitignore\nREADME.md\nnew ä.md')
    expect(repo.git('show', `${commit}:README.md`)).toBe('changed again')
    expect(repo.git('rev-parse', `${commit}^`)).toBe(repo.git('rev-parse', 'HEAD'))
  })

  test('is nothing where nothing changed, though it was taken before', async () => {
    const { shadowGit, repo } = await begin()
    repo.lay({ 'new.md': 'x' })
    expect(await snapshotTree(shadowGit, repo.path)).toMatch(/^[0-9a-f]{40}$/)
    repo.lay({ 'new.md': null })
    expect(await snapshotTree(shadowGit, repo.path)).toBeUndefined()
  })
})

describe('C2: a checkpoint is restored elsewhere', () => {
  /** The branch and the work tree as another machine has them from the bucket alone. */
  const restore = async (
    { bucket, base }: { bucket: ReturnType<typeof memoryBucket>; base: string },
    checkpoint: { key: string; commit: string; workTree?: string } | undefined,
  ) => {
    const bench = await openBench()
    const origin = {
      kind: 'cycle',
      branch: 'vigil/cycle-1',
      baseCommit: base,
      baseKey: 'base.bundle',
      ...(checkpoint && { head: { commit: checkpoint.commit, key: checkpoint.key } }),
      ...(checkpoint?.workTree && {
        workTree: { commit: checkpoint.workTree, key: checkpoint.key },
      }),
    } as const
    const request = anAttemptRequest({ origin })
    return { ...bench, workspace: await prepare(bench.git, bucket, bench.folders, request) }
  }

  test('base alone', async () => {
    const begun = await begin()
    const there = await restore(begun, undefined)
    expect(there.workspace).toEqual({ baseCommit: begun.base, head: begun.base })
    expect(there.repo.git('rev-parse', '--abbrev-ref', 'HEAD')).toBe('vigil/cycle-1')
  })

  test('base, head and work tree, uncommitted as they were', async () => {
    const begun = await begin()
    const { git, shadowGit, repo, request, base, bucket, folders } = begun
    repo.commit({ 'own.md': 'x' }, 'Of the agent')
    repo.lay({ 'new ä.md': 'y', 'old.md': null, 'README.md': Buffer.of(0, 255, 10), 'run.sh': '' })
    chmodSync(join(repo.path, 'run.sh'), 0o755)
    symlinkSync('README.md', join(repo.path, 'link'))
    const workTree = await snapshotTree(shadowGit, repo.path)
    const saved = await storeCheckpoint(git, bucket, folders, request, {
      base,
      number: 1,
      workTree,
    })
    const there = await restore(begun, saved)
    expect(there.workspace.head).toBe(repo.git('rev-parse', 'HEAD'))
    expect(there.repo.git('status', '--porcelain')).toBe(repo.git('status', '--porcelain'))
    const again = await snapshotTree(there.shadowGit, there.repo.path)
    expect(there.repo.git('rev-parse', `${again}^{tree}`)).toBe(
      repo.git('rev-parse', `${workTree}^{tree}`),
    )
    expect(statSync(join(there.repo.path, 'run.sh')).mode & 0o111).toBe(0o111)
  })

  test('work on the base that was not committed yet', async () => {
    const begun = await begin()
    const { git, shadowGit, repo, request, base, bucket, folders } = begun
    repo.lay({ 'README.md': 'half done\n' })
    const workTree = await snapshotTree(shadowGit, repo.path)
    const saved = await storeCheckpoint(git, bucket, folders, request, {
      base,
      number: 1,
      workTree,
    })
    const there = await restore(begun, saved)
    expect(there.workspace.head).toBe(base)
    expect(there.repo.git('status', '--porcelain')).toBe('M README.md')
  })

  test('nothing is stored of a workspace where nothing changed', async () => {
    const { git, request, base, bucket, folders } = await begin()
    const saved = await storeCheckpoint(git, bucket, folders, request, { base, number: 1 })
    expect(saved).toBeUndefined()
    expect(bucket.keys()).toEqual(['base.bundle'])
  })

  test.each([
    ['the bundle of the base', 'base.bundle'],
    ['the bundle of the head', attemptKeys('run-1-t2-a1').checkpoint(1)],
  ])('workspace.missing: %s is cut off', async (_what, key) => {
    const begun = await begin()
    const { git, repo, request, base, bucket, folders } = begun
    repo.commit({ 'own.md': 'x' })
    const saved = await storeCheckpoint(git, bucket, folders, request, { base, number: 1 })
    await bucket.put(key, ((await bucket.get(key)) ?? new Uint8Array()).slice(0, -20))
    await expect(restore(begun, saved)).rejects.toMatchObject({ code: 'workspace.missing' })
  })

  test('workspace.missing: a bundle is gone, or a commit in none', async () => {
    const begun = await begin()
    const gone = { key: 'gone.bundle', commit: begun.base }
    await expect(restore(begun, gone)).rejects.toMatchObject({ code: 'workspace.missing' })
    const unknown = { key: 'base.bundle', commit: `${'0'.repeat(39)}1` }
    await expect(restore(begun, unknown)).rejects.toMatchObject({ code: 'workspace.missing' })
  })
})

test('C1: git never looks above its folder, where a person may have a repository', async () => {
  const person = makeRepository(FILES)
  const { git } = await begin()
  writeFileSync(join(person.path, 'mine.md'), 'x')
  const inner = join(person.path, 'inner')
  person.lay({ 'inner/file.md': 'x' })
  await expect(git(inner, 'add', '--all')).rejects.toThrow(/not a git repository/)
  expect(person.git('status', '--porcelain')).toBe('?? inner/\n?? mine.md')
})
