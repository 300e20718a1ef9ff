import { expect, test } from 'vitest'
import { findAnchors } from '#containers/agent/janitor/find-anchors.ts'
import { parseMarkdown } from '#containers/agent/janitor/parse-markdown.ts'

const ROWS: [string, string, string[]][] = [
  ['a heading', '# Getting Started', ['getting-started']],
  ['an underlined heading', 'One Two\n---', ['one-two']],
  ['punctuation', "## What's new in 1.2.3?", ['whats-new-in-123']],
  ['an ampersand', '## This & that', ['this--that']],
  ['an underscore', '## snake_case', ['snake_case']],
  ['duplicates', '# A\n\n# A\n\n# A', ['a', 'a-1', 'a-2']],
  ['a duplicate of a number', '# A\n\n# A 1\n\n# A', ['a', 'a-1', 'a-2']],
  ['code', '## `foo.bar(baz)`', ['foobarbaz']],
  ['a link', '## [Foo](x.md) bar', ['foo-bar']],
  ['emphasis', '## *Foo* __bar__', ['foo-bar']],
  ['other scripts', '## Über 日本語 Привет', ['über-日本語-привет']],
  ['an emoji', '## 🚀 Launch', ['-launch']],
  ['an emoji by name', '## :rocket: Launch', ['rocket-launch']],
  ['an image', '## ![Logo](x.png) Foo', ['-foo', 'foo', 'logo-foo']],
  ['an id and a name', '<a id="One"></a> x <a name=two></a>', ['One', 'two']],
  ['an id of any element', '<div id="x">\n\ny\n\n</div>', ['x']],
  ['a heading of HTML', '<h2 align="center">Foo <b>Bar</b></h2>', ['foo-bar']],
  ['a heading of HTML over blank lines', '<h1>\n\nFoo\n\n</h1>', ['foo']],
  ['a heading in a quote', '> ## Foo', ['foo']],
  ['a heading with an id of its own', '## Foo {#bar}', ['foo-bar', 'bar']],
  ['front matter', '---\ntitle: x\n---\n\n# Foo', ['foo']],
  ['a heading in code', '```\n# Foo\n```', []],
  ['a byte order mark', '\uFEFF# Foo', ['foo']],
]

test.each(ROWS)('finds the anchors of %s', (_, text, expected) => {
  const names = findAnchors(parseMarkdown(text)).flatMap((anchor) => anchor.names)
  expect(names).toEqual(expected)
})
