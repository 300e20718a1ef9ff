import type { Nodes, Root } from 'mdast'
import {
  type CompileContext,
  type Extension,
  fromMarkdown,
  type Token,
} from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

/** A parsed Markdown text: GitHub's dialect, offsets into the text as it was given. */
export type Markdown = {
  text: string
  tree: Root
  /** How far the tree's offsets are behind the text's: 1 after a byte order mark. */
  shift: number
  /** The written destination of each link, image and definition, angle brackets left out. */
  destinations: ReadonlyMap<Nodes, { start: number; end: number }>
}

/** Parses GitHub's Markdown and keeps where each destination is written, which the tree does not. */
export function parseMarkdown(text: string): Markdown {
  const shift = text.startsWith('\uFEFF') ? 1 : 0
  const body = blankFrontMatter(text.slice(shift))
  const destinations = new Map<Nodes, { start: number; end: number }>()
  const tree = fromMarkdown(body, {
    extensions: [gfm()],
    mdastExtensions: [withoutTransforms, keepDestinations(body, shift, destinations)],
  })
  return { text, tree, shift, destinations }
}

/** GitHub shows front matter as a table; left in place, its last line would read as a heading. */
function blankFrontMatter(body: string): string {
  const matter = FRONT_MATTER.exec(body)
  return matter ? matter[0].replace(/[^\r\n]/g, ' ') + body.slice(matter[0].length) : body
}

/** The one transform makes links of bare addresses: all absolute, and half of the time. */
const withoutTransforms = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }))

/** Only what reads as YAML: a text may begin with a rule, too. */
const FRONT_MATTER =
  /^---[ \t]*\r?\n(?:(?:[\w."'-][^:\n]*:|[ \t]|- |[\]}]).*\r?\n|\r?\n)*?---[ \t]*(?=\r?\n|$)/

function keepDestinations(
  body: string,
  shift: number,
  destinations: Map<Nodes, { start: number; end: number }>,
): Extension {
  function keep(this: CompileContext, token: Token): void {
    const node = this.stack.at(-1)
    if (!node || node.type === 'fragment') return
    const angled = body[token.start.offset] === '<' ? 1 : 0
    destinations.set(node, {
      start: token.start.offset + angled + shift,
      end: token.end.offset - angled + shift,
    })
  }
  return { enter: { resourceDestination: keep, definitionDestination: keep } }
}
