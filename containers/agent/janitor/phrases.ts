import type { Mend, Unclear } from './survey.ts'

/** `3 links`, `1 link`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** Cuts a text to so many characters, as the contracts bound them; a cut one ends with `…`. */
export function fit(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}

/** A link that is to be mended: where it stands, what it is and what it becomes. */
export function describeMend({ file, from, to, lines }: Mend): string {
  return `${file}:${lines.join(', ')}: ${from} => ${to}`
}

/** A broken link that is left to a person, with what it may mean. */
export function describeUnclear({ file, from, lines, candidates }: Unclear): string {
  const shown = candidates.slice(0, 5).join(', ')
  const more = candidates.length > 5 ? ` and ${candidates.length - 5} more` : ''
  return `${file}:${lines.join(', ')}: ${from} leads nowhere; ${
    candidates.length > 0 ? `candidates: ${shown}${more}` : 'nothing in the repository is like it'
  }`
}

/** Sentences as one text; as many as have room, the rest counted. */
export function listing(items: readonly string[], most: number, joint = '\n'): string {
  let text = ''
  for (const [index, item] of items.entries()) {
    const longer = index === 0 ? item : text + joint + item
    const rest = `${joint}… and ${items.length - index} more`
    if (longer.length + rest.length > most && index < items.length - 1)
      return fit(text + rest, most)
    text = longer
  }
  return fit(text, most)
}
