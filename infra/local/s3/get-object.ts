import { type S3Answer, S3Refusal, type S3Request } from './answer.ts'
import { CHECKSUM } from './checksums.ts'
import { openObject } from './object-file.ts'

/** GetObject and HeadObject. */
export const getObject = async (path: string, request: S3Request): Promise<S3Answer> => {
  const object = await openObject(path)
  if (!object) throw new S3Refusal(404, 'NoSuchKey', 'The specified key does not exist.')
  const { size, modified, facts } = object
  const answer = {
    status: 200,
    headers: {
      'content-type': 'binary/octet-stream',
      ...facts.headers,
      etag: facts.etag,
      'last-modified': modified.toUTCString(),
      'content-length': String(size),
      [`${CHECKSUM}crc32`]: facts.crc32,
    },
  }
  if (request.method === 'GET' && size > 0) return { ...answer, body: object.body() }
  await object.close()
  return answer
}
