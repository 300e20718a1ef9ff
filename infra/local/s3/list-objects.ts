import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { escaped, notServed, type S3Answer, S3Refusal, xml } from './answer.ts'
import { folderOf, keyOf, pathOf } from './key-path.ts'
import { openObject } from './object-file.ts'

/** ListObjectsV2: keys in the order of their bytes, up to 1,000 at once. */
export const listObjects = async (
  bucketFolder: string,
  bucket: string,
  query: URLSearchParams,
): Promise<S3Answer> => {
  const unknown = [...query.keys()].find((name) => !KNOWN.includes(name))
  if (query.get('list-type') !== '2' || unknown !== undefined)
    throw notServed(unknown === undefined ? 'ListObjects' : `ListObjectsV2 with ${unknown}`)
  const prefix = query.get('prefix') ?? ''
  const limit = Math.min(Number(query.get('max-keys') ?? PAGE), PAGE)
  const after = afterOf(query)
  const keys = (await keysBelow(folderOf(bucketFolder, prefix), bucketFolder))
    .filter((key) => key.startsWith(prefix) && (after === undefined || inOrder(after, key) < 0))
    .sort(inOrder)
  const page = keys.slice(0, limit)
  const truncated = keys.length > limit && limit > 0
  const contents = await Promise.all(page.map((key) => content(bucketFolder, key)))
  return xml(
    200,
    [
      '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
      `<Name>${bucket}</Name><Prefix>${escaped(prefix)}</Prefix>`,
      `<KeyCount>${page.length}</KeyCount><MaxKeys>${limit}</MaxKeys>`,
      `<IsTruncated>${truncated}</IsTruncated>`,
      truncated
        ? `<NextContinuationToken>${tokenOf(page.at(-1) ?? '')}</NextContinuationToken>`
        : '',
      ...contents,
      '</ListBucketResult>',
    ].join(''),
  )
}

/** Keys of one answer (service limit). */
const PAGE = 1_000

const KNOWN = ['list-type', 'prefix', 'max-keys', 'continuation-token', 'start-after', 'x-id']

const afterOf = (query: URLSearchParams): string | undefined => {
  const token = query.get('continuation-token')
  if (token === null) return query.get('start-after') ?? undefined
  const key = Buffer.from(token, 'base64url').toString('utf8')
  if (tokenOf(key) !== token)
    throw new S3Refusal(400, 'InvalidArgument', 'The continuation token provided is incorrect')
  return key
}

const tokenOf = (key: string): string => Buffer.from(key).toString('base64url')

const keysBelow = async (folder: string, bucketFolder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => keyOf(join(entry.parentPath, entry.name).slice(bucketFolder.length + 1)))
}

/** By their bytes in UTF-8, not by JavaScript's units of 16 bits. */
const inOrder = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** Empty when the object was deleted meanwhile. */
const content = async (bucketFolder: string, key: string): Promise<string> => {
  const object = await openObject(pathOf(bucketFolder, key) ?? '')
  if (!object) return ''
  await object.close()
  return (
    `<Contents><Key>${escaped(key)}</Key><Size>${object.size}</Size>` +
    `<LastModified>${object.modified.toISOString()}</LastModified>` +
    `<ETag>${escaped(object.facts.etag)}</ETag></Contents>`
  )
}
