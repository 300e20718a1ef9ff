import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeChunked } from '#infra/local/s3/aws-chunked.ts'

const decode = async (pieces: Uint8Array[]) => {
  const trailers = new Map<string, string>()
  const source = (async function* () {
    yield* pieces
  })()
  const out: Uint8Array[] = []
  for await (const piece of decodeChunked(source, trailers)) out.push(piece)
  return { body: Buffer.concat(out), trailers: Object.fromEntries(trailers) }
}

const encode = (chunks: Uint8Array[], extension: string, trailers: string[]) =>
  Buffer.concat([
    ...chunks.flatMap((chunk) => [
      Buffer.from(`${chunk.length.toString(16)}${extension}\r\n`),
      chunk,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`0${extension}\r\n${trailers.map((line) => `${line}\r\n`).join('')}\r\n`),
  ])

test('any body is decoded, wherever the network cuts it', async () => {
  const chunk = fc.uint8Array({ minLength: 1, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(chunk, { maxLength: 5 }),
      fc.constantFrom('', ';chunk-signature=ab'),
      fc.array(fc.nat(300), { maxLength: 12 }),
      async (chunks, extension, cuts) => {
        const whole = encode(chunks, extension, ['X-Amz-Checksum-Crc32: AAAA=='])
        const places = [...new Set(cuts)].filter((cut) => cut < whole.length).sort((a, b) => a - b)
        const pieces = [0, ...places].map((from, index) =>
          whole.subarray(from, places[index] ?? whole.length),
        )
        const { body, trailers } = await decode(pieces)
        expect(body.equals(Buffer.concat(chunks))).toBe(true)
        expect(trailers).toEqual({ 'x-amz-checksum-crc32': 'AAAA==' })
      },
    ),
  )
})

test('a line without an end is refused before it fills the memory', async () => {
  await expect(decode([Buffer.alloc(10_000, 'a')])).rejects.toThrow('a line is too long')
})
