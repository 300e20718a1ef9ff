import { describe, expect, test } from 'vitest'
import { findLinks } from '#containers/agent/janitor/find-links.ts'
import { parseMarkdown } from '#containers/agent/janitor/parse-markdown.ts'

/** Text, and the destinations found in it: decoded, with `line:written` where that differs. */
const ROWS: [string, string, string[]][] = [
  ['an inline link', '[a](b.md)', ['1: b.md = b.md']],
  ['a link with a title', '[a](b.md "t")', ['1: b.md = b.md']],
  ['a link in angle brackets', '[a](<b c.md>)', ['1: b c.md = b c.md']],
  ['an image', '![a](b.png)', ['1: b.png = b.png']],
  ['an image in a link', '[![a](b.png)](c.md)', ['1: b.png = b.png', '1: c.md = c.md']],
  ['a definition', '[a]\n\n[a]: b.md#c "t"', ['3: b.md#c = b.md#c']],
  ['an unused definition', '[a]: <b c.md>', ['1: b c.md = b c.md']],
  ['an escaped character', '[a](b\\_c.md)', ['1: b_c.md = b\\_c.md']],
  ['a character reference', '[a](b&amp;c.md)', ['1: b&c.md = b&amp;c.md']],
  ['balanced brackets', '[a](b(c).md)', ['1: b(c).md = b(c).md']],
  ['a table cell', '| x |\n|---|\n| [a](b.md) |', ['3: b.md = b.md']],
  ['a list in a quote', '> - [a](b.md)', ['1: b.md = b.md']],
  ['a footnote', 'x[^1]\n\n[^1]: [a](b.md)', ['3: b.md = b.md']],
  ['a heading', '# [a](b.md)', ['1: b.md = b.md']],
  ['a link after a tab', '-\t[a](b.md)', ['1: b.md = b.md']],
  ['a link after an emoji', '🚀 [a](b.md)', ['1: b.md = b.md']],
  ['a text with a byte order mark', '\uFEFF[a](b.md)', ['1: b.md = b.md']],
  ['CRLF line endings', 'x\r\n\r\n[a](b.md)\r\n', ['3: b.md = b.md']],
  ['a link of HTML', '<a href="b.md">a</a>', ['1: b.md = b.md']],
  ['an image of HTML', '<p>\n<img alt="x" src=\'b.png\'>\n</p>', ['2: b.png = b.png']],
  ['an unquoted attribute', '<a href=b.md>a</a>', ['1: b.md = b.md']],
  ['HTML in upper case', '<A HREF="b.md">a</A>', ['1: b.md = b.md']],
  ['a reference in HTML', '<a href="b.md?x&amp;y">a</a>', ['1: b.md?x&y = b.md?x&amp;y']],
  ['an unknown reference in HTML', '<a href="b&nbsp;c">a</a>', []],
  ['a link of HTML over two lines', 'x <a\nhref="b.md">a</a>', ['2: b.md = b.md']],
  ['another attribute of HTML', '<a title="b.md" name="c">a</a>', []],
  ['a source of HTML', '<source src="b.png">', []],
  ['a comment', '<!-- <a href="b.md"> [a](c.md) -->', []],
  [
    'a comment over blank lines',
    '<div>\n<!--\n\n[a](b.md)\n\n-->\n</div>\n\n[c](d.md)',
    ['9: d.md = d.md'],
  ],
  ['a code span', '`[a](b.md)`', []],
  ['a code block', '```\n[a](b.md)\n```', []],
  ['an indented code block', '    [a](b.md)', []],
  ['front matter', '---\nsee: "[a](b.md)"\n---\n\n[c](d.md)', ['5: d.md = d.md']],
  ['two rules', '---\n\n[a](b.md)\n\n---', ['3: b.md = b.md']],
  ['a reference without definition', '[a][b]', []],
  ['an empty destination', '[a]() [b](<>)', []],
]

describe('findLinks', () => {
  test.each(ROWS)('reads %s', (_, text, expected) => {
    const found = findLinks(parseMarkdown(text)).filter(({ url }) => url !== '')
    expect(
      found.map(({ url, start, end, line }) => `${line}: ${url} = ${text.slice(start, end)}`),
    ).toEqual(expected)
  })
})
