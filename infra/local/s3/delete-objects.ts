import { rm } from 'node:fs/promises'
import { escaped, type S3Answer, S3Refusal, type S3Request, xml } from './answer.ts'
import { pathOf } from './key-path.ts'

/** DeleteObjects: a key that is not there counts as deleted. */
export const deleteObjects = async (
  bucketFolder: string,
  request: S3Request,
): Promise<S3Answer> => {
  const text = await textOf(request.body)
  const keys = [...text.matchAll(/<Object>.*?<Key>(.*?)<\/Key>.*?<\/Object>/gs)].map(
    ([, key = '']) => unescaped(key),
  )
  if (keys.length === 0 || keys.length > KEYS_MAX)
    throw new S3Refusal(400, 'MalformedXML', `a request deletes 1 to ${KEYS_MAX} objects`)
  await Promise.all(keys.map((key) => rm(pathOf(bucketFolder, key) ?? '', { force: true })))
  const quiet = /<Quiet>true<\/Quiet>/.test(text)
  const deleted = quiet ? [] : keys.map((key) => `<Deleted><Key>${escaped(key)}</Key></Deleted>`)
  return xml(
    200,
    `<DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${deleted.join('')}</DeleteResult>`,
  )
}

/** Keys of one request (service limit). */
const KEYS_MAX = 1_000

/** A thousand keys of 1,024 bytes, escaped. */
const BODY_MAX = 8 * 1024 ** 2

const textOf = async (body: AsyncIterable<Uint8Array>): Promise<string> => {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > BODY_MAX) throw new S3Refusal(400, 'MalformedXML', 'the list is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const ENTITIES: Partial<Record<string, string>> = {
  amp: '&',
  apos: "'",
  gt: '>',
  lt: '<',
  quot: '"',
}

const unescaped = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (entity, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[name] ?? entity
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
  })
