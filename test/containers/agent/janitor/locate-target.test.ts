import { expect, test } from 'vitest'
import { locateTarget } from '#containers/agent/janitor/locate-target.ts'

const ROWS: [string, string, string | undefined][] = [
  ['docs/a.md', 'b.md', 'docs/b.md'],
  ['docs/a.md', './b.md', 'docs/b.md'],
  ['docs/a.md', '../b.md', 'b.md'],
  ['docs/a.md', '/b.md', 'b.md'],
  ['docs/a.md', 'b/', 'docs/b'],
  ['docs/a.md', '..', ''],
  ['docs/a.md', '/', ''],
  ['docs/a.md', '#x', 'docs/a.md # x'],
  ['docs/a.md', 'b.md#', 'docs/b.md'],
  ['docs/a.md', 'b.md#x%20y', 'docs/b.md # x y'],
  ['docs/a.md', 'b.md?raw=true#x', 'docs/b.md # x'],
  ['docs/a.md', 'b%20c.md', 'docs/b c.md'],
  ['docs/a.md', 'b%zz.md', 'docs/b%zz.md'],
  ['a.md', './b//c.md', 'b/c.md'],
  ['docs/a.md', '../../b.md', undefined],
  ['docs/a.md', '/../b.md', undefined],
  ['docs/a.md', '%2e%2e/%2e%2e/b.md', undefined],
  ['a.md', '../../issues/1', undefined],
  ['a.md', 'https://example.com/b.md', undefined],
  ['a.md', 'HTTP://example.com', undefined],
  ['a.md', '//example.com/b.md', undefined],
  ['a.md', 'mailto:x@example.com', undefined],
  ['a.md', 'vscode:extension/x', undefined],
  ['a.md', '', undefined],
  ['a.md', '{{ site.url }}/b.md', undefined],
  ['a.md', '{% link b.md %}', undefined],
  ['a.md', '<path>/b.md', undefined],
  ['a.md', '${BASE}/b.md', undefined],
  ['a.md', '$BASE/b.md', undefined],
  ['a.md', 'docs\\b.md', undefined],
  ['a.md', 'docs/*.md', undefined],
  ['a.md', '...', undefined],
]

test.each(ROWS)('in %s, %s is %s', (file, url, expected) => {
  const target = locateTarget(file, url)
  const said = target && (target.fragment ? `${target.path} # ${target.fragment}` : target.path)
  expect(said).toBe(expected)
})
