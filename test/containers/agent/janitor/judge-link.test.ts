import { expect, test } from 'vitest'
import { judgeLink } from '#containers/agent/janitor/judge-link.ts'
import { openRepository } from '#containers/agent/janitor/repository.ts'
import { gitIn, layTree, makeRepository, type Tree } from './make-repository.ts'

const TREE: Tree = {
  'README.md': '# Read me\n\n## Use\n',
  'docs/a.md': '# A\n\n<a name="Odd"></a>\n',
  'docs/b c.md': '# B\n',
  'docs/d%20e.md': '# D\n',
  'docs/page.html': '<h1>x</h1>',
  'docs/manual.md': '# Manual\n',
  'docs/parts.md': '{% include x.md %}\n',
  'docs/latin.md': Buffer.from('# Caf\xe9\n', 'latin1'),
  'src/main.ts': 'export const x = 1\n',
  'alias.md': { link: 'docs/a.md' },
  away: { link: '/etc' },
  'gone.md': { link: 'nowhere.md' },
  inner: { link: 'docs' },
  'site/mkdocs.yml': 'site_name: x\n',
  'site/docs/p.md': '# First Page\n',
}

const ROWS: [string, string, string][] = [
  ['README.md', 'docs/a.md', 'fine'],
  ['README.md', 'docs/A.md', 'no_file'],
  ['README.md', 'docs', 'fine'],
  ['README.md', 'docs/', 'fine'],
  ['README.md', 'docs/#anything', 'fine'],
  ['README.md', 'docs/b%20c.md', 'fine'],
  ['README.md', 'docs/d%20e.md', 'fine'],
  ['README.md', 'docs/d%2520e.md', 'fine'],
  ['README.md', 'missing.md', 'no_file'],
  ['README.md', 'src/main.ts#L1', 'fine'],
  ['README.md', 'src/main.ts#x', 'fine'],
  ['README.md', '#use', 'fine'],
  ['README.md', '#Use', 'no_anchor'],
  ['README.md', '#gone', 'no_anchor'],
  ['README.md', '#top', 'fine'],
  ['README.md', '#user-content-use', 'fine'],
  ['README.md', 'docs/a.md#Odd', 'fine'],
  ['README.md', 'docs/a.md#odd', 'no_anchor'],
  ['README.md', 'docs/a.md?plain=1#L3', 'fine'],
  ['README.md', 'docs/page.html#x', 'fine'],
  ['README.md', 'docs/parts.md#x', 'fine'],
  ['README.md', 'docs/latin.md#x', 'fine'],
  ['README.md', 'alias.md#odd', 'no_anchor'],
  ['README.md', 'away/passwd', 'unsure'],
  ['README.md', 'away/nothing', 'unsure'],
  ['README.md', 'gone.md', 'unsure'],
  ['README.md', 'inner/a.md', 'fine'],
  ['README.md', 'inner/z.md', 'unsure'],
  ['README.md', 'module/x.md', 'unsure'],
  ['README.md', 'untracked.md', 'unsure'],
  ['README.md', 'Untracked.md', 'no_file'],
  ['README.md', 'docs/manual.html', 'unsure'],
  ['README.md', 'docs/manual/', 'unsure'],
  ['README.md', 'docs/manual', 'no_file'],
  ['docs/a.md', '/README.md', 'fine'],
  ['docs/a.md', '/missing.md', 'no_file'],
  ['site/docs/p.md', '/guide', 'unsure'],
  ['site/docs/p.md', 'guide', 'unsure'],
  ['site/docs/p.md', 'guide.md', 'no_file'],
  ['site/docs/p.md', '#First_Page', 'unsure'],
  ['site/docs/p.md', '#second-page', 'no_anchor'],
  ['README.md', 'https://example.com', 'outside'],
]

test('links are judged by what git tracks, and never broken when that says too little', async () => {
  const root = makeRepository(TREE)
  const commit = gitIn(root, 'rev-parse', 'HEAD').trim()
  gitIn(root, 'update-index', '--add', '--cacheinfo', `160000,${commit},module`)
  layTree(root, { 'untracked.md': '# U\n' })
  const repository = await openRepository(root)
  const judged = ROWS.map(([file, url]) => [file, url, judgeLink(repository, file, url).kind])
  expect(judged).toEqual(ROWS)
})
