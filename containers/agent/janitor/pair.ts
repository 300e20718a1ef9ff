/** A link to be mended: in this file, this destination is to become that one. */
export type Pair = { file: string; from: string; to: string }

/** Writes a pair as the words `FILE: OLD => NEW`; undefined when they could be read otherwise. */
export function formatPair({ file, from, to }: Pair): string | undefined {
  const text = `${file}: ${from} => ${to}`
  const read = /\p{Cc}/u.test(text) ? undefined : parsePair(text)
  return read?.file === file && read.from === from && read.to === to ? text : undefined
}

/** Reads `FILE: OLD => NEW`; undefined when the text is no pair. */
export function parsePair(text: string): Pair | undefined {
  const [, file, from, to] = /^(.+?): (.*?) => (.+)$/u.exec(text) ?? []
  return file && from !== undefined && to ? { file, from, to } : undefined
}

/** Whether two pairs say the same. */
export function isSamePair(one: Pair, other: Pair): boolean {
  return one.file === other.file && one.from === other.from && one.to === other.to
}
