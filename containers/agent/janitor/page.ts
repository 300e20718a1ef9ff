import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { type Anchor, findAnchors } from './find-anchors.ts'
import { findLinks } from './find-links.ts'
import type { Link } from './link.ts'
import { type Markdown, parseMarkdown } from './parse-markdown.ts'

/** A Markdown file that was read; what is asked of it is worked out once, when it is asked. */
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
  const markdown = once((): Markdown => parseMarkdown(text))
  return {
    text,
    links: once(() => (MAY_LINK.test(text) ? findLinks(markdown()) : [])),
    anchors: once(() => (INCLUDES.test(text) ? undefined : findAnchors(markdown()))),
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

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
