import type { Link } from './link.ts'
import { type Page, pageOf } from './page.ts'

/**
 * Rewrites link destinations in a text, old to new; every other character stays. Undefined when
 * the result doesn't read as meant: the same links, each with its new destination or its old one.
 */
export function editDestinations(
  page: Page,
  changes: ReadonlyMap<string, string>,
): string | undefined {
  const { text } = page
  const links = page.links()
  let edited = ''
  let at = 0
  for (const link of links) {
    const to = changes.get(link.url)
    if (to === undefined) continue
    edited += text.slice(at, link.start) + written(to, link)
    at = link.end
  }
  edited += text.slice(at)
  const after = pageOf(edited).links()
  const isAsMeant =
    after.length === links.length &&
    links.every(({ url }, index) => after[index]?.url === (changes.get(url) ?? url))
  return isAsMeant ? edited : undefined
}

function written(url: string, { form }: Link): string {
  return form === 'html'
    ? url.replace(/[&<>"']/g, (character) => REFERENCES[character] ?? character)
    : url.replace(/[\\()<>]|&(?=#?\w+;)/g, (character) => `\\${character}`)
}

const REFERENCES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
