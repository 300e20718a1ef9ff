import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { z } from 'zod'

/** The one bucket: bodies that are too big for items. Keys begin with the run or cycle they are of. */
export interface Bucket {
  put(key: string, body: string | Uint8Array, contentType?: string): Promise<void>
  putJson(key: string, value: unknown): Promise<void>
  /** Undefined when there is no such object. */
  get(key: string): Promise<Uint8Array | undefined>
  /** A URL under which anybody can read the object for an hour. */
  presign(key: string): Promise<string>
  /** Parsed by its contract. Undefined when there is no such object. */
  getJson<T>(key: string, contract: z.ZodType<T>): Promise<T | undefined>
}

/** The bucket behind an S3 client. */
export const openBucket = (client: S3Client, name: string): Bucket => {
  const put: Bucket['put'] = async (Key, Body, ContentType) => {
    await client.send(
      new PutObjectCommand({ Bucket: name, Key, Body, ...(ContentType && { ContentType }) }),
    )
  }
  const get: Bucket['get'] = async (Key) => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: name, Key }))
      return await Body?.transformToByteArray()
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined
      throw error
    }
  }
  return {
    put,
    get,
    presign: (Key) =>
      getSignedUrl(client, new GetObjectCommand({ Bucket: name, Key }), { expiresIn: 3_600 }),
    putJson: (key, value) => put(key, JSON.stringify(value), 'application/json'),
    getJson: async (key, contract) => {
      const body = await get(key)
      return body && contract.parse(JSON.parse(new TextDecoder().decode(body)))
    },
  }
}
