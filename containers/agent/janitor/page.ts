import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { type Anchor, findAnchors } from './find-anchors.ts'
import { findLinks } from './find-links.ts'
import type { Link } from './link.ts'
import { parseMarkdown } from './parse-markdown.ts'

/** A Markdown file that was read. It is parsed once, when it is first asked for links or anchors. */
export type Page = {
  text: string
  links(): readonly Link[]
  /** Undefined when other files are included, so that its anchors can't be known. */
  anchors(): readonly Anchor[] | undefined
}

/** Reads a Markdown file; undefined for what is not there, not UTF-8, binary, or over 2 MiB. */
export function readPage(path: string): Page | undefined {
  const text = readText(path)
  return text === undefined ? undefined : pageOf(text)
}

/** The page with the given text. */
export function pageOf(text: string): Page {
  let parsed: { links: Link[]; anchors: Anchor[] } | undefined
  // The tree takes far more room than what is found in it, so it isn't kept.
  const parse = () => {
    const markdown = parseMarkdown(text)
    parsed = { links: findLinks(markdown), anchors: findAnchors(markdown) }
    return parsed
  }
  return {
    text,
    links: () => (MAY_LINK.test(text) ? (parsed ?? parse()).links : []),
    anchors: () => (INCLUDES.test(text) ? undefined : (parsed ?? parse()).anchors),
  }
}

const MOST_BYTES = 2 * 1024 * 1024
/** Parsing is what costs: a file without a relative destination anywhere is not parsed. */
const MAY_LINK = /\]\(\s*<?(?!https?:|mailto:|[\s<)])|\]:\s*<?(?!https?:|[\s<])|(?:href|src)\s*=/i
const INCLUDES = /\{%-?\s*include|\{\{[<%]|--8<--|^@include/m

function readText(path: string): string | undefined {
  try {
    const bytes = readFileSync(path)
    if (bytes.length > MOST_BYTES || !isUtf8(bytes) || bytes.includes(0)) return undefined
    return bytes.toString('utf8')
  } catch {
    return undefined
  }
}
