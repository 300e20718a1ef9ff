import { expect, test } from 'vitest'
import { isTypo } from '#containers/agent/janitor/is-typo.ts'

const ROWS: [string, string, boolean][] = [
  ['instal.md', 'install.md', true],
  ['installl.md', 'install.md', true],
  ['isntall.md', 'install.md', true],
  ['instalel.md', 'install.md', true],
  ['configuraton.md', 'configuration.md', true],
  ['plugin.md', 'plugins.md', false],
  ['plugins.md', 'plugin.md', false],
  ['format.md', 'forman.md', false],
  ['page-1.md', 'page-11.md', false],
  ['page-12.md', 'page-21.md', false],
  ['a-guide.md', 'aguide.md', false],
  ['instal.md', 'install.txt', false],
  ['use.md', 'uses.md', false],
  ['text.md', 'textt.md', false],
  ['install.md', 'install.md', false],
  ['instal.md', 'installed.md', false],
]

test.each(ROWS)('%s for %s: %s', (written, meant, expected) => {
  expect(isTypo(written, meant)).toBe(expected)
})
