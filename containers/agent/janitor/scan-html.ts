/** A start tag in a piece of HTML; offsets are counted from the beginning of the piece. */
export type Tag = {
  name: string
  /** Where the text after the tag begins. */
  end: number
  attributes: Attribute[]
}

/** `value` is undefined when it holds a character reference that is not one of the usual five. */
type Attribute = { name: string; value: string | undefined; start: number; end: number }

/** Lists the start tags of a piece of HTML; comments and what they hold are passed over. */
export function scanHtml(html: string): Tag[] {
  const tags: Tag[] = []
  for (const match of html.matchAll(TAG)) {
    const [whole, name, inside] = match
    if (name === undefined || inside === undefined) continue
    const from = match.index + 1 + name.length
    tags.push({
      name: name.toLowerCase(),
      end: match.index + whole.length,
      attributes: scanAttributes(inside, from),
    })
  }
  return tags
}

const TAG = /<!--[\s\S]*?(?:-->|$)|<([a-z][a-z0-9-]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>/gi
const ATTRIBUTE = /([^\s"'>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))/dg

function scanAttributes(inside: string, from: number): Attribute[] {
  return [...inside.matchAll(ATTRIBUTE)].flatMap((match) => {
    const span = match.indices?.slice(2).find((indices) => indices !== undefined)
    const name = match[1]
    if (!span || name === undefined) return []
    const [start, end] = span
    const value = decode(inside.slice(start, end))
    return [{ name: name.toLowerCase(), value, start: from + start, end: from + end }]
  })
}

const REFERENCES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

function decode(written: string): string | undefined {
  let known = true
  const value = written.replace(/&(?:#\w+|\w+);/g, (reference) => {
    const character = REFERENCES[reference]
    if (character === undefined) known = false
    return character ?? reference
  })
  return known ? value : undefined
}
