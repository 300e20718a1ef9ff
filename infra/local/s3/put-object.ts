import { headerOf, notServed, type S3Answer, S3Refusal, type S3Request } from './answer.ts'
import { decodeChunked } from './aws-chunked.ts'
import { algorithmOf, CHECKSUM, digesting, type Passed } from './checksums.ts'
import { writeObject } from './object-file.ts'

/** PutObject: the body goes to the disk as it comes, and takes its place when it is what it claims. */
export const putObject = async (
  path: string,
  newFiles: string,
  request: S3Request,
): Promise<S3Answer> => {
  const names = Object.keys(request.headers)
  const refused = names.find((name) => REFUSED.includes(name))
  if (refused !== undefined) throw notServed(`PutObject with ${refused}`)
  const trailers = new Map<string, string>()
  const promised = headerOf(request, 'x-amz-trailer')?.split(',') ?? []
  const algorithms = [...names, ...promised].flatMap((name) => algorithmOf(name.trim()) ?? [])
  const passed: Passed = { size: 0, digests: new Map() }
  const decoded = isChunked(request) ? decodeChunked(request.body, trailers) : request.body
  const bytes = digesting(decoded, ['md5', 'crc32', ...algorithms], passed)
  await writeObject(path, newFiles, bytes, () => {
    check(request, passed, trailers)
    return {
      etag: etagOf(passed),
      crc32: passed.digests.get('crc32') ?? '',
      headers: keptHeaders(request),
    }
  })
  const crc32 = passed.digests.get('crc32') ?? ''
  return { status: 200, headers: { etag: etagOf(passed), [`${CHECKSUM}crc32`]: crc32 } }
}

/** They change what a put means, so that one which did not know them would write the wrong thing. */
const REFUSED = ['if-match', 'if-none-match', 'x-amz-copy-source', 'x-amz-write-offset-bytes']

/** What comes back with the object, besides `x-amz-meta-`. */
const KEPT = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
]

const isChunked = (request: S3Request): boolean =>
  encodings(request).includes('aws-chunked') ||
  (headerOf(request, 'x-amz-content-sha256') ?? '').startsWith('STREAMING-')

const encodings = (request: S3Request): string[] =>
  (headerOf(request, 'content-encoding') ?? '').split(',').map((encoding) => encoding.trim())

const check = (request: S3Request, { size, digests }: Passed, trailers: Map<string, string>) => {
  const length = headerOf(request, 'x-amz-decoded-content-length')
  if (length !== undefined && Number(length) !== size)
    throw new S3Refusal(400, 'IncompleteBody', `${size} bytes came where ${length} were announced`)
  const md5 = headerOf(request, 'content-md5')
  if (md5 !== undefined && md5 !== digests.get('md5'))
    throw new S3Refusal(400, 'BadDigest', 'the Content-MD5 does not match')
  const headers = Object.keys(request.headers).map(
    (name) => [name, headerOf(request, name)] as const,
  )
  for (const [name, claimed] of [...headers, ...trailers]) {
    const algorithm = algorithmOf(name)
    if (algorithm !== undefined && claimed !== digests.get(algorithm))
      throw new S3Refusal(400, 'BadDigest', `the ${algorithm.toUpperCase()} does not match`)
  }
}

const keptHeaders = (request: S3Request): Record<string, string> => {
  const names = Object.keys(request.headers).filter(
    (name) => KEPT.includes(name) || name.startsWith('x-amz-meta-'),
  )
  const kept = names.map((name) => [name, headerOf(request, name) ?? ''])
  const encoding = encodings(request).filter((name) => name && name !== 'aws-chunked')
  const { 'content-encoding': _, ...others } = Object.fromEntries(kept)
  return { ...others, ...(encoding.length > 0 && { 'content-encoding': encoding.join(',') }) }
}

const etagOf = ({ digests }: Passed): string =>
  `"${Buffer.from(digests.get('md5') ?? '', 'base64').toString('hex')}"`
