import { expect, test } from 'vitest'
import { editDestinations } from '#containers/agent/janitor/edit-destinations.ts'
import { pageOf } from '#containers/agent/janitor/page.ts'

/** A text before and after `old.md` becomes `new/a.md`. */
const ROWS: [string, string, string][] = [
  ['an inline link', 'x [old.md](old.md) old.md', 'x [old.md](new/a.md) old.md'],
  ['each link of that destination', '[a](old.md) [b](old.md)', '[a](new/a.md) [b](new/a.md)'],
  ['no other link', '[a](old.md) [b](old.md#x)', '[a](new/a.md) [b](old.md#x)'],
  ['a title', '[a]( old.md  "old.md" )', '[a]( new/a.md  "old.md" )'],
  ['angle brackets', '[a](<old.md>)', '[a](<new/a.md>)'],
  ['a definition', '[a]\n\n[a]:   old.md', '[a]\n\n[a]:   new/a.md'],
  ['an image in a link', '[![x](y.png)](old.md)', '[![x](y.png)](new/a.md)'],
  [
    'HTML',
    '<a class="x"  href=\'old.md\'>old.md</a>',
    '<a class="x"  href=\'new/a.md\'>old.md</a>',
  ],
  ['CRLF', 'x  \r\n\r\n[a](old.md)\r\n\ty\r', 'x  \r\n\r\n[a](new/a.md)\r\n\ty\r'],
  ['a byte order mark', '\uFEFF[a](old.md)', '\uFEFF[a](new/a.md)'],
  ['emoji before it', '🚀👩‍👩‍👧 [a](old.md)', '🚀👩‍👩‍👧 [a](new/a.md)'],
  ['a table', '|a|\n|-|\n|[a](old.md)|', '|a|\n|-|\n|[a](new/a.md)|'],
  ['a nested list in a quote', '> 1. - [a](old.md)', '> 1. - [a](new/a.md)'],
  ['an escaped spelling', '[a](ol\\d.md) [b](old\\.md)', '[a](ol\\d.md) [b](new/a.md)'],
  ['no code', '`[a](old.md)` [a](old.md)', '`[a](old.md)` [a](new/a.md)'],
]

test.each(ROWS)('an edit leaves everything but the destination: %s', (_, before, after) => {
  expect(editDestinations(pageOf(before), new Map([['old.md', 'new/a.md']]))).toBe(after)
})

test('what has a meaning where it is written is escaped', () => {
  const edit = (text: string, to: string) => editDestinations(pageOf(text), new Map([['o', to]]))
  expect(edit('[a](o)', 'b#x&amp;(y')).toBe('[a](b#x\\&amp;\\(y)')
  expect(edit('<a href="o">', 'b?x&y="z"')).toBe('<a href="b?x&amp;y=&quot;z&quot;">')
})

test('an edit that would not read as meant is refused', () => {
  expect(editDestinations(pageOf('[a](o)'), new Map([['o', 'b c']]))).toBeUndefined()
  expect(editDestinations(pageOf('<a href=o>'), new Map([['o', 'b c']]))).toBeUndefined()
})
