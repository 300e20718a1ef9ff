import { expect, test } from 'vitest'
import { readHistory } from '#containers/agent/janitor/history.ts'
import { commitTree, gitIn, makeRepository } from './make-repository.ts'

const prose = (topic: string) =>
  Array.from({ length: 20 }, (_, n) => `Sentence ${n} says something about ${topic}.`).join('\n')

function filesOf(root: string): Set<string> {
  return new Set(gitIn(root, 'ls-files', '-z').split('\0').filter(Boolean))
}

test('history tells renamed, renamed twice, split, deleted, and never there apart', async () => {
  const root = makeRepository({
    'once.md': prose('apples'),
    'twice.md': prose('pears'),
    'split.md': prose('plums'),
    'deleted.md': prose('figs'),
    'folder/x.md': prose('nuts'),
    'odd\nname "é".md': prose('dates'),
  })
  commitTree(root, { 'once.md': null, 'new/once-more.md': `${prose('apples')}\nOne more.` }, 'Move')
  commitTree(root, { 'twice.md': null, 'between.md': prose('pears') }, 'Move')
  commitTree(root, { 'between.md': null, 'at-last.md': prose('pears') }, 'Move again')
  commitTree(
    root,
    { 'split.md': null, 'half-1.md': prose('plums'), 'half-2.md': prose('plums') },
    'Split',
  )
  commitTree(
    root,
    { 'deleted.md': null, 'folder/x.md': null, 'other.md': 'Nothing alike.' },
    'Remove',
  )
  commitTree(root, { 'odd\nname "é".md': null, 'plain.md': prose('dates') }, 'Rename')
  const asked = [
    'once.md',
    'twice.md',
    'split.md',
    'deleted.md',
    'folder',
    'odd\nname "é".md',
    'no.md',
  ]
  const history = await readHistory(root, asked, filesOf(root))
  expect(Object.fromEntries(history)).toEqual({
    'once.md': { kind: 'renamed', to: ['new/once-more.md'] },
    'twice.md': { kind: 'renamed', to: ['at-last.md'] },
    'split.md': { kind: 'renamed', to: expect.arrayContaining(['half-1.md', 'half-2.md']) },
    'deleted.md': { kind: 'deleted' },
    folder: { kind: 'deleted' },
    'odd\nname "é".md': { kind: 'renamed', to: ['plain.md'] },
    'no.md': { kind: 'never', namesakes: [] },
  })
})

test('a path that was renamed away and back and away again is followed without end', async () => {
  const root = makeRepository({ 'a.md': prose('kiwis') })
  commitTree(root, { 'a.md': null, 'b.md': prose('kiwis') }, 'Away')
  commitTree(root, { 'b.md': null, 'a.md': prose('kiwis') }, 'Back')
  commitTree(root, { 'a.md': null, 'c.md': prose('kiwis') }, 'Away for good')
  const history = await readHistory(root, ['a.md', 'b.md'], filesOf(root))
  expect(history.get('a.md')).toEqual({ kind: 'renamed', to: ['c.md'] })
  expect(history.get('b.md')).toEqual({ kind: 'renamed', to: ['c.md'] })
})

test('a path that was never there is told of its namesakes elsewhere, and of their heirs', async () => {
  const root = makeRepository({
    'docs/odd [1]*.md': prose('limes'),
    'guide/odd [1]*.md': prose('lemons'),
    'x/odd 1.md': 'x',
  })
  commitTree(root, { 'docs/odd [1]*.md': null, 'citrus.md': prose('limes') }, 'Rename')
  commitTree(root, { 'guide/odd [1]*.md': null, 'x/odd 1.md': null }, 'Remove')
  const history = await readHistory(root, ['odd [1]*.md', 'other.md'], filesOf(root))
  expect(history.get('odd [1]*.md')).toEqual({
    kind: 'never',
    namesakes: expect.arrayContaining([['citrus.md'], []]),
  })
  expect(history.get('other.md')).toEqual({ kind: 'never', namesakes: [] })
})

test('a history that is cut short says nothing of a path that it does not know', async () => {
  const root = makeRepository({ 'a.md': 'x' })
  commitTree(root, { 'b.md': 'y' }, 'More')
  gitIn(root, 'clone', '--quiet', '--depth=1', `file://${root}`, 'shallow')
  const history = await readHistory(`${root}/shallow`, ['c.md'], new Set(['a.md', 'b.md']))
  expect(history.get('c.md')).toBeUndefined()
})

test('a folder that is no repository has an unknown history', async () => {
  const history = await readHistory('/', ['c.md'], new Set())
  expect(history.get('c.md')).toBeUndefined()
})
