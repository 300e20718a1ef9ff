import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'

/** A request of the S3 protocol, path style. */
export interface S3Request {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

export interface S3Answer {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: Buffer | string
}

/** The few operations of S3 that our own code uses, on files below a folder. */
export const openS3 =
  (folder: string) =>
  async (request: S3Request): Promise<S3Answer> => {
    const [bucket = '', ...parts] = request.path.slice(1).split('/')
    const key = decodeURIComponent(parts.join('/'))
    if (key === '') return list(folder, bucket, request.query.get('prefix') ?? '')
    const file = join(folder, bucket, ...key.split('/').map(safeName))
    switch (request.method) {
      case 'PUT':
        return put(file, request)
      case 'GET':
      case 'HEAD':
        return get(file, request.method === 'HEAD')
      case 'DELETE':
        await rm(file, { force: true })
        return { status: 204 }
      default:
        return failure(405, 'MethodNotAllowed', request.method)
    }
  }

/** Any key as a file's name: what a path would give a meaning is encoded. */
const safeName = (part: string): string =>
  encodeURIComponent(part).replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E')) || '%00'

const put = async (file: string, { headers, body }: S3Request): Promise<S3Answer> => {
  const claimed = headers['x-amz-checksum-crc32']
  if (typeof claimed === 'string' && claimed !== crcOf(body))
    return failure(400, 'BadDigest', 'the CRC32 does not match')
  await mkdir(dirname(file), { recursive: true })
  const fresh = `${file}.${process.pid}.${counter++}.new`
  await writeFile(fresh, body)
  await rename(fresh, file)
  return { status: 200, headers: { etag: etagOf(body) } }
}

let counter = 0

const get = async (file: string, headOnly: boolean): Promise<S3Answer> => {
  const body = await readFile(file).catch(() => undefined)
  if (!body) return failure(404, 'NoSuchKey', 'The specified key does not exist.')
  const { mtime } = await stat(file)
  const headers = {
    etag: etagOf(body),
    'last-modified': mtime.toUTCString(),
    'content-type': 'application/octet-stream',
    'content-length': String(body.length),
  }
  return headOnly ? { status: 200, headers } : { status: 200, headers, body }
}

const list = async (folder: string, bucket: string, prefix: string): Promise<S3Answer> => {
  const root = join(folder, bucket)
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])
  const keys = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .map((path) => path.split('/').map(decodeURIComponent).join('/'))
    .filter((key) => key.startsWith(prefix))
    .sort()
  const contents = keys.map((key) => `<Contents><Key>${escaped(key)}</Key></Contents>`).join('')
  const body = `<ListBucketResult><Name>${bucket}</Name><KeyCount>${keys.length}</KeyCount><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`
  return { status: 200, headers: { 'content-type': 'application/xml' }, body }
}

const failure = (status: number, code: string, message: string): S3Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
})

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const etagOf = (body: Buffer): string => `"${createHash('md5').update(body).digest('hex')}"`

const crcOf = (body: Buffer): string => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc32(body))
  return bytes.toString('base64')
}
