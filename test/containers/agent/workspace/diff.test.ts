import { expect, test } from 'vitest'
import { diffStat } from '#containers/agent/workspace/diff.ts'
import { makeRepository, type Tree } from './make-repository.ts'
import { openBench } from './open-bench.ts'

const before: Tree = {
  'a.md': 'one\ntwo\n',
  'crlf.txt': 'one\r\ntwo\r\n',
  'image.png': Uint8Array.of(0, 1, 2),
  'ä ö.md': 'x\n',
}

test.each<[string, Tree, files: string[], insertions: number, deletions: number]>([
  ['nothing', {}, [], 0, 0],
  ['lines in and out', { 'a.md': 'one\nthree\nfour\n' }, ['a.md'], 2, 1],
  ['a new file', { 'b/c.md': 'x\ny\n' }, ['b/c.md'], 2, 0],
  ['a file that is gone', { 'a.md': null }, ['a.md'], 0, 2],
  ['a file that moved', { 'a.md': null, 'z.md': 'one\ntwo\n' }, ['a.md', 'z.md'], 2, 2],
  ['a binary file', { 'image.png': Uint8Array.of(0, 3) }, ['image.png'], 0, 0],
  ['ends of lines', { 'crlf.txt': 'one\r\ntwo\n' }, ['crlf.txt'], 1, 1],
  ['a name beyond ASCII', { 'ä ö.md': 'y\n' }, ['ä ö.md'], 1, 1],
  ['names with a tab, a line feed and quotes', { 't\ta\n"b".md': 'x\n' }, ['t\ta\n"b".md'], 1, 0],
])('a diff of %s', async (_what, change, files, insertions, deletions) => {
  const { git } = await openBench()
  const repository = makeRepository(before)
  const base = repository.git('rev-parse', 'HEAD')
  const head = repository.commit(change)
  repository.git('config', 'diff.external', 'false')
  repository.git('config', 'diff.renames', 'copies')
  expect(await diffStat(git, repository.path, base, head)).toEqual({ files, insertions, deletions })
})
