import { S3Refusal } from './answer.ts'

/**
 * Takes the `aws-chunked` encoding off a body as it comes: `<hex size>[;extension]\r\n<bytes>\r\n` …
 * `0\r\n<trailer: value>\r\n…\r\n`. The trailers, names in lower case, go to `trailers`.
 */
export async function* decodeChunked(
  source: AsyncIterable<Uint8Array>,
  trailers: Map<string, string>,
): AsyncGenerator<Uint8Array> {
  const input = new Input(source)
  for (;;) {
    const [size = ''] = (await input.line()).split(';')
    if (!/^[0-9a-f]+$/i.test(size)) throw malformed(`"${size}" is no size of a chunk`)
    if (/^0+$/.test(size)) break
    yield* input.take(Number.parseInt(size, 16))
    if ((await input.line()) !== '') throw malformed('a chunk is longer than it says')
  }
  for (let line = await input.line(); line !== ''; line = await input.line()) {
    const colon = line.indexOf(':')
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
  }
}

/** What has come and was not read yet: never more than one piece of the source. */
class Input {
  private rest: Uint8Array = new Uint8Array()
  private readonly source: AsyncIterator<Uint8Array>

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]()
  }

  /** Up to the next line feed, without the line's end. The body's end is an empty line. */
  async line(): Promise<string> {
    let line = ''
    for (;;) {
      const end = this.rest.indexOf(LINE_FEED)
      line += Buffer.from(end < 0 ? this.rest : this.rest.subarray(0, end)).toString('latin1')
      if (line.length > LINE_MAX) throw malformed('a line is too long')
      this.rest = this.rest.subarray(end < 0 ? this.rest.length : end + 1)
      if (end >= 0) return line.replace(/\r$/, '')
      if (!(await this.more())) return line
    }
  }

  async *take(size: number): AsyncGenerator<Uint8Array> {
    for (let left = size; left > 0; ) {
      if (this.rest.length === 0 && !(await this.more())) throw malformed('the last chunk is short')
      const piece = this.rest.subarray(0, left)
      this.rest = this.rest.subarray(piece.length)
      left -= piece.length
      yield piece
    }
  }

  private async more(): Promise<boolean> {
    const { value, done } = await this.source.next()
    if (done) return false
    this.rest = value
    return true
  }
}

const malformed = (message: string): S3Refusal => new S3Refusal(400, 'IncompleteBody', message)

const LINE_FEED = 10
const LINE_MAX = 4_096
