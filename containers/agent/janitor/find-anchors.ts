import GithubSlugger from 'github-slugger'
import type { Nodes } from 'mdast'

import type { Markdown } from './parse-markdown.ts'
import { scanHtml } from './scan-html.ts'
import { walk } from './walk.ts'

/** A place in a Markdown text that a fragment can name. */
export type Anchor = {
  /** The fragments that may lead here; more than one where renderers are known to differ. */
  names: string[]
  /** The heading's text, or the name itself when it comes from HTML. */
  text: string
}

/** Lists the anchors of a Markdown text by GitHub's rules: headings, and `id` or `name` in HTML. */
export function findAnchors({ text, tree, shift }: Markdown): Anchor[] {
  const anchors: Anchor[] = []
  // Whether a heading's image counts with its words, and whether the rest is trimmed, differs
  // from one renderer to the next; each way numbers the duplicates by itself.
  const [plain, trimmed, described] = [
    new GithubSlugger(),
    new GithubSlugger(),
    new GithubSlugger(),
  ]
  const heading = (words: string, withImages: string) => {
    const names = [plain.slug(words), trimmed.slug(words.trim()), described.slug(withImages)]
    anchors.push({ names: [...new Set(names)], text: words })
  }
  walk(tree, (node) => {
    if (node.type === 'heading') {
      const words = textOf(node, false)
      const custom = CUSTOM_ID.exec(words)
      heading(words, textOf(node, true))
      if (custom?.[1]) anchors.push({ names: [custom[1]], text: custom[1] })
    } else if (node.type === 'html') {
      const start = (node.position?.start.offset ?? 0) + shift
      const html = text.slice(start, (node.position?.end.offset ?? 0) + shift)
      for (const tag of scanHtml(html)) {
        for (const { name, value } of tag.attributes) {
          if ((name === 'id' || name === 'name') && value) {
            anchors.push({ names: [value], text: value })
          }
        }
        if (/^h[1-6]$/.test(tag.name)) {
          const words = htmlHeading(text, start + tag.end, tag.name)
          heading(words, words)
        }
      }
    }
  })
  return anchors
}

/** kramdown's and Docusaurus's way to name a heading. */
const CUSTOM_ID = /\{:?\s*#([\w.:-]+)[^}]*\}\s*$/

function textOf(node: Nodes, withImages: boolean): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value
  if (withImages && (node.type === 'image' || node.type === 'imageReference')) return node.alt ?? ''
  return 'children' in node ? node.children.map((child) => textOf(child, withImages)).join('') : ''
}

/** A heading's text may be in later nodes than its tag, so it is read from the source. */
function htmlHeading(text: string, from: number, name: string): string {
  const end = text.toLowerCase().indexOf(`</${name}`, from)
  const inside = text.slice(from, end < 0 ? from : end).replace(/<[^>]*>/g, '')
  return inside.replace(/\s+/g, ' ').replace(/&amp;/g, '&').trim()
}
