import { expect, test } from 'vitest'
import { locateTarget } from '#containers/agent/janitor/locate-target.ts'
import { writeUrl } from '#containers/agent/janitor/write-url.ts'

const ROWS: [string, string, { path?: string; fragment?: string }, string][] = [
  ['README.md', 'a.md', { path: 'docs/b.md' }, 'docs/b.md'],
  ['README.md', './a.md', { path: 'docs/b.md' }, './docs/b.md'],
  ['docs/x.md', './a.md', { path: 'b.md' }, '../b.md'],
  ['docs/x.md', '/a.md', { path: 'docs/b.md' }, '/docs/b.md'],
  ['docs/x.md', 'a.md', { path: 'docs/b.md' }, 'b.md'],
  ['README.md', 'Docs/', { path: 'docs' }, 'docs/'],
  ['README.md', 'a.md?raw=1#x', { path: 'b.md' }, 'b.md?raw=1#x'],
  ['README.md', 'a.md#X', { path: 'b.md', fragment: 'x' }, 'b.md#x'],
  ['README.md', '#X', { fragment: 'x' }, '#x'],
  ['README.md', 'a.md', { path: 'b c.md' }, 'b%20c.md'],
  ['README.md', 'a.md', { path: '50% (new)#1?.md' }, '50%25%20%28new%29%231%3F.md'],
  ['README.md', 'a.md', { path: 'über.md' }, 'über.md'],
  ['README.md', '%C3%9Cber.md', { path: 'über.md' }, '%C3%BCber.md'],
  ['README.md', '#%C3%9Cber', { fragment: 'über' }, '#%C3%BCber'],
  ['README.md', 'a.md', { path: 'b:c.md' }, './b:c.md'],
  ['README.md', 'a.md', { path: '`b`|"c"&d.md' }, '%60b%60%7C%22c%22%26d.md'],
]

test.each(ROWS)('in %s, %s with %j is %s', (file, old, change, expected) => {
  const url = writeUrl(file, old, change)
  expect(url).toBe(expected)
  const target = locateTarget(file, url)
  if (change.path !== undefined) expect(target?.path).toBe(change.path)
  if (change.fragment !== undefined) expect(target?.fragment).toBe(change.fragment)
})
