import { expect, test } from 'vitest'
import { openRepository } from '#containers/agent/janitor/repository.ts'
import { survey } from '#containers/agent/janitor/survey.ts'
import { commitTree, makeRepository, type Tree } from './make-repository.ts'

const prose = (topic: string) =>
  Array.from({ length: 20 }, (_, n) => `Sentence ${n} says something about ${topic}.`).join('\n\n')

async function surveyOf(...commits: [Tree, ...Tree[]]) {
  const [first, ...later] = commits
  const root = makeRepository(first)
  for (const tree of later) commitTree(root, tree, 'Go on')
  return survey(await openRepository(root))
}

test('a renamed file takes its anchor along when it still has it', async () => {
  const page = `# Old\n\n## Setup\n\n${prose('apples')}`
  const { mends, unclear } = await surveyOf(
    { 'old.md': page, 'README.md': '[a](old.md#setup) [b](old.md#Setup) [c](old.md#gone)' },
    { 'old.md': null, 'docs/new.md': page },
  )
  expect(mends.map(({ from, to }) => [from, to])).toEqual([
    ['old.md#setup', 'docs/new.md#setup'],
    ['old.md#Setup', 'docs/new.md#setup'],
  ])
  expect(unclear).toEqual([
    { file: 'README.md', from: 'old.md#gone', lines: [1], candidates: ['docs/new.md'] },
  ])
})

test('each broken destination is one mend with all of its lines', async () => {
  const { mends, checked, files } = await surveyOf({
    'README.md': '[a](Docs/a.md)\n\n[b](Docs/a.md) ![c](Docs/a.md)\n\n[d](docs/a.md)',
    'docs/a.md': '# A',
  })
  expect(mends).toEqual([{ file: 'README.md', from: 'Docs/a.md', to: 'docs/a.md', lines: [1, 3] }])
  expect({ checked, files }).toEqual({ checked: 4, files: 2 })
})

test('what no edit can write is left', async () => {
  const { mends, unclear } = await surveyOf({
    'README.md': '<a href=guide.md>x</a>',
    'docs/guide.md': '# A',
  })
  expect(mends).toEqual([])
  expect(unclear).toEqual([
    { file: 'README.md', from: 'guide.md', lines: [1], candidates: ['docs/guide.md'] },
  ])
})

test('files of others, samples, templates, other encodings and symlinks are not looked at', async () => {
  const broken = '[a](missing.md)'
  const { files, mends, unclear } = await surveyOf({
    'node_modules/x/README.md': broken,
    'vendor/x/README.md': broken,
    'test/fixtures/x.md': broken,
    '.github/PULL_REQUEST_TEMPLATE.md': broken,
    '.github/ISSUE_TEMPLATE/bug.md': broken,
    'latin.md': Buffer.from(`caf\xe9 ${broken}`, 'latin1'),
    'binary.md': `\0${broken}`,
    'outside.md': { link: '/etc/hostname' },
    'alias.md': { link: 'page.mdx' },
    'page.mdx': broken,
  })
  expect({ files, mends, unclear }).toEqual({ files: 0, mends: [], unclear: [] })
})

test('a target that git ignores is made by a build and not called broken', async () => {
  const { mends, unclear, checked } = await surveyOf({
    '.gitignore': 'dist/\n*.gen.md\n',
    'README.md': '[a](dist/index.html) [b](api.gen.md) [c](missing.md)',
  })
  expect(checked).toBe(3)
  expect([...mends, ...unclear].map(({ from }) => from)).toEqual(['missing.md'])
})
