import { expect, test } from 'vitest'
import { chooseAnchor } from '#containers/agent/janitor/choose-anchor.ts'
import { findAnchors } from '#containers/agent/janitor/find-anchors.ts'
import { parseMarkdown } from '#containers/agent/janitor/parse-markdown.ts'

const ROWS: [string, string, string, string | undefined][] = [
  ['the case differs', '# Getting Started', 'Getting-Started', 'getting-started'],
  ['the punctuation differs', "# What's new?", "what's-new?", 'whats-new'],
  ['the separators differ', '# Getting Started', 'getting_started', 'getting-started'],
  ['the separators are left out', '# Getting Started', 'gettingstarted', 'getting-started'],
  ['an emoji is not counted', '# 🚀 Launch', 'launch', '-launch'],
  ['the case of an id differs', '<a id="One"></a>', 'one', 'One'],
  ['a dot is written out', '# Version 1.2', 'version-1.2', 'version-12'],
  ['the case differs and there is a duplicate', '# Foo\n\n# Foo', 'FOO', 'foo'],
  ['an id repeats the heading', '<a id="foo"></a>\n\n# Foo', 'FOO', 'foo'],
  ['the digits are grouped otherwise', '# v11.1', 'v1-11', undefined],
  ['the punctuation differs and there is a duplicate', '# Foo!\n\n# Foo?', '-foo', undefined],
  ['two headings differ in punctuation', '# A b\n\n# Ab', 'a_b', undefined],
  ['a duplicate is gone', '# Foo', 'foo-1', undefined],
  ['a word differs', '# Installing', 'install', undefined],
  ['renderers differ on the only one', '# ![Logo](x.png) Foo', 'Foo!', undefined],
  ['nothing but punctuation is asked for', '# ???', '--', undefined],
  ['there is no heading', 'x', 'foo', undefined],
]

test.each(ROWS)('when %s, %j answers #%s with %s', (_, text, fragment, expected) => {
  expect(chooseAnchor(fragment, findAnchors(parseMarkdown(text))).certain).toBe(expected)
})
