import type { Link } from './link.ts'
import type { Markdown } from './parse-markdown.ts'
import { scanHtml } from './scan-html.ts'
import { walk } from './walk.ts'

/** Lists the links of a Markdown text in order: inline, images, definitions, and those in HTML. */
export function findLinks(markdown: Markdown): Link[] {
  const { text, tree, shift, destinations } = markdown
  const links: Omit<Link, 'line'>[] = []
  const hidden: { start: number; end: number }[] = []
  walk(tree, (node) => {
    if (node.type === 'html') {
      const start = (node.position?.start.offset ?? 0) + shift
      const html = text.slice(start, (node.position?.end.offset ?? 0) + shift)
      links.push(...htmlLinks(html, start))
      const comment = openComment(html)
      if (comment >= 0) hidden.push({ start, end: closeComment(text, start + comment) })
    } else if (node.type === 'link' || node.type === 'image' || node.type === 'definition') {
      const written = destinations.get(node)
      if (written) links.push({ url: node.url, ...written, form: 'markdown' })
    }
  })
  const lineOf = lineCounter(text)
  return links
    .filter(({ start }) => !hidden.some((range) => start > range.start && start < range.end))
    .sort((one, other) => one.start - other.start)
    .map((link) => ({ ...link, line: lineOf(link.start) }))
}

function htmlLinks(html: string, shift: number): Omit<Link, 'line'>[] {
  return scanHtml(html).flatMap((tag) => {
    const holds = { a: 'href', img: 'src' }[tag.name]
    return tag.attributes.flatMap(({ name, value, start, end }) =>
      name === holds && value !== undefined
        ? [{ url: value, start: start + shift, end: end + shift, form: 'html' as const }]
        : [],
    )
  })
}

/** An HTML block ends at a blank line, but a comment in it goes on; -1 when none is left open. */
function openComment(html: string): number {
  const last = html.lastIndexOf('<!--')
  return last >= 0 && html.indexOf('-->', last) < 0 ? last : -1
}

function closeComment(text: string, from: number): number {
  const end = text.indexOf('-->', from)
  return end < 0 ? text.length : end
}

/** Answers lines for offsets that are asked in ascending order. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1
  let at = 0
  return (offset) => {
    for (; at < offset; at++) {
      const code = text.charCodeAt(at)
      if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) line++
    }
    return line
  }
}
