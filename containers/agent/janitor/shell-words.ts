/** Quotes words for a POSIX shell; words without a special character stay as they are. */
export function quoteWords(words: readonly string[]): string {
  return words
    .map((word) =>
      /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`,
    )
    .join(' ')
}

/** Reads back what `quoteWords` wrote; undefined for any other shell syntax. */
export function splitWords(command: string): string[] | undefined {
  const words = command.match(WORD) ?? []
  if (words.join(' ') !== command) return undefined
  return words.map((word) =>
    word.startsWith("'") ? word.slice(1, -1).replaceAll(String.raw`'\''`, "'") : word,
  )
}

const WORD = /(?<=^| )(?:[\w@%+=:,./-]+|'(?:[^']|'\\'')*')(?=$| )/g
