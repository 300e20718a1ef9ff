import { expect, test } from 'vitest'
import { catalogOf } from '#containers/agent/janitor/catalog.ts'
import { chooseTarget } from '#containers/agent/janitor/choose-target.ts'
import type { History } from '#containers/agent/janitor/history.ts'

const never: History = { kind: 'never', namesakes: [] }
const unknown: History = { kind: 'unknown' }
const deleted: History = { kind: 'deleted' }
const namesakes = (...heirs: string[][]): History => ({ kind: 'never', namesakes: heirs })
const renamed = (...to: string[]): History => ({ kind: 'renamed', to })

/** Missing path, its history, the files there are; the certain answer, else the candidates. */
const ROWS: [string, History, string[], string | string[]][] = [
  ['a.md', renamed('b.md'), ['b.md'], 'b.md'],
  ['a.md', renamed('b.md'), ['b.md', 'x/a.md'], 'b.md'],
  ['a.md', renamed('b.md', 'c.md'), ['b.md', 'c.md'], ['b.md', 'c.md']],
  ['a.md', renamed('README.md'), ['README.md'], []],
  ['Guide.md', never, ['guide.md'], 'guide.md'],
  ['Docs/guide.md', never, ['docs/guide.md'], 'docs/guide.md'],
  ['Docs', never, ['docs/guide.md'], 'docs'],
  ['guide', never, ['guide.md'], 'guide.md'],
  ['guide.markdown', never, ['guide.md'], 'guide.md'],
  ['guide.md', never, ['guide'], 'guide'],
  ['guide', never, ['guide.md', 'guide.markdown'], ['guide.md', 'guide.markdown']],
  ['get_started.md', never, ['get-started.md'], 'get-started.md'],
  [
    'get_started.md',
    never,
    ['get-started.md', 'getstarted.md'],
    ['get-started.md', 'getstarted.md'],
  ],
  ['docs/tracing.md', never, ['guide/tracing.md'], 'guide/tracing.md'],
  ['docs/tracing.md', unknown, ['guide/tracing.md'], ['guide/tracing.md']],
  ['docs/tracing.md', namesakes(['guide/spans.md']), ['guide/spans.md'], 'guide/spans.md'],
  ['docs/tracing.md', namesakes([]), ['guide/tracing.md'], ['guide/tracing.md']],
  ['docs/tracing.md', namesakes(['b.md']), ['a/tracing.md', 'b.md'], ['a/tracing.md', 'b.md']],
  ['docs/README.md', namesakes(['b.md']), ['b.md'], ['b.md']],
  ['docs/tracing.md', deleted, ['guide/tracing.md'], ['guide/tracing.md']],
  ['docs/tracing.md', never, ['a/tracing.md', 'b/tracing.md'], ['a/tracing.md', 'b/tracing.md']],
  ['docs/README.md', never, ['x/README.md'], ['x/README.md']],
  ['docs/index.md', never, ['x/index.md'], ['x/index.md']],
  ['examples/http.js', never, ['lib/http.js'], ['lib/http.js']],
  ['examples/http.js', never, ['docs/examples/http.js'], 'docs/examples/http.js'],
  ['docs/diagram.png', never, ['images/diagram.png'], 'images/diagram.png'],
  ['docs/instal.md', never, ['docs/install.md'], 'docs/install.md'],
  ['docs/instal.md', unknown, ['docs/install.md'], []],
  ['docs/instal.md', deleted, ['docs/install.md'], []],
  ['docs/instal.md', never, ['docs/install.md', 'x/instal.md'], ['x/instal.md', 'docs/install.md']],
  ['docs/plugin.md', never, ['docs/plugins.md'], []],
  ['docs/version1.md', never, ['docs/version2.md'], []],
  ['gone.md', never, ['here.md'], []],
]

test.each(ROWS)('%s with history %j among %j is %j', (path, history, files, expected) => {
  const { certain, candidates } = chooseTarget(path, 'README.md', history, catalogOf(files))
  expect(certain ?? candidates).toEqual(expected)
})
