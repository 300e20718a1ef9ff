import { StringDecoder } from 'node:string_decoder'

/** The longest line that is looked at; what is beyond it is dropped, so that memory stays bounded. */
export const LINE_MAX_CHARACTERS = 1_048_576

/** Cuts a stream of bytes into lines: any bytes, any length, invalid UTF-8 replaced. */
export const lineSplitter = (take: (line: string) => void) => {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const add = (text: string) => {
    if (rest.length < LINE_MAX_CHARACTERS) rest += text.slice(0, LINE_MAX_CHARACTERS - rest.length)
  }
  return {
    push: (chunk: Buffer): void => {
      const parts = decoder.write(chunk).split('\n')
      const last = parts.pop() ?? ''
      for (const part of parts) {
        add(part)
        take(rest)
        rest = ''
      }
      add(last)
    },
    end: (): void => {
      add(decoder.end())
      if (rest !== '') take(rest)
    },
  }
}
