import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { notServed } from './answer.ts'

/** What is known of a body that passed: its size in bytes, and digests in base64 by algorithm. */
export interface Passed {
  size: number
  readonly digests: Map<string, string>
}

/** Headers and trailers in which the SDK claims a checksum begin so. */
export const CHECKSUM = 'x-amz-checksum-'

/** Passes a body on and puts down its size and digests when it has ended. */
export async function* digesting(
  source: AsyncIterable<Uint8Array>,
  algorithms: Iterable<string>,
  passed: Passed,
): AsyncGenerator<Uint8Array> {
  const digesters = [...new Set(algorithms)].map(
    (algorithm) => [algorithm, digester(algorithm)] as const,
  )
  for await (const chunk of source) {
    passed.size += chunk.length
    for (const [, { update }] of digesters) update(chunk)
    yield chunk
  }
  for (const [algorithm, { digest }] of digesters) passed.digests.set(algorithm, digest())
}

/** The checksum that names of headers or trailers speak of; one that cannot be checked is refused. */
export const algorithmOf = (name: string): string | undefined => {
  if (!name.startsWith(CHECKSUM)) return undefined
  const algorithm = name.slice(CHECKSUM.length)
  return ABOUT.includes(algorithm) ? undefined : algorithm
}

/** Not checksums, but how they are asked for. */
const ABOUT = ['type', 'algorithm', 'mode']

const digester = (algorithm: string) => {
  if (algorithm === 'crc32') {
    let sum = 0
    return {
      update: (chunk: Uint8Array) => {
        sum = crc32(chunk, sum)
      },
      digest: () => {
        const bytes = Buffer.alloc(4)
        bytes.writeUInt32BE(sum)
        return bytes.toString('base64')
      },
    }
  }
  if (!['md5', 'sha1', 'sha256'].includes(algorithm)) throw notServed(`the checksum ${algorithm}`)
  const hash = createHash(algorithm)
  return {
    update: (chunk: Uint8Array) => void hash.update(chunk),
    digest: () => hash.digest('base64'),
  }
}
