import { existsSync, readdirSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CREDENTIALS } from '#infra/local/place.ts'
import { openTestS3, SIGNED, type TestS3 } from './open-test-s3.ts'

let s3: TestS3
beforeAll(async () => {
  s3 = await openTestS3()
})
afterAll(async () => {
  expect(s3.failures).toEqual([])
  await s3.close()
})

const at = (Key: string) => ({ Bucket: 'vigil', Key })
const put = (Key: string, Body: string | Buffer) =>
  s3.client.send(new PutObjectCommand({ ...at(Key), Body }))
const read = async (Key: string) => {
  const { Body } = await s3.client.send(new GetObjectCommand(at(Key)))
  return Body?.transformToString()
}

describe('an object', () => {
  test('comes back with its bytes, type, metadata, entity tag and checksum', async () => {
    await s3.client.send(
      new PutObjectCommand({
        ...at('whole'),
        Body: 'hello',
        ContentType: 'text/plain',
        ContentEncoding: 'identity',
        Metadata: { by: 'test' },
      }),
    )
    const facts = {
      ContentType: 'text/plain',
      ContentEncoding: 'identity',
      ContentLength: 5,
      ETag: '"5d41402abc4b2a76b9719d911017c592"',
      ChecksumCRC32: 'NhCmhg==',
      Metadata: { by: 'test' },
    }
    expect(await s3.client.send(new GetObjectCommand(at('whole')))).toMatchObject(facts)
    expect(await s3.client.send(new HeadObjectCommand(at('whole')))).toMatchObject(facts)
    expect(await read('whole')).toBe('hello')
  })

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.from([0])],
    ['every byte', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
    ['3 MB, for which the client waits to be told to go on', Buffer.alloc(3_000_000, 'x')],
  ])('of %s comes back as it was', async (name, body) => {
    await put(name, body)
    const { Body } = await s3.client.send(new GetObjectCommand(at(name)))
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(body)).toBe(true)
  })

  test('that is not there is missing by the names that S3 has for it', async () => {
    await expect(s3.client.send(new GetObjectCommand(at('gone')))).rejects.toThrow(NoSuchKey)
    await expect(s3.client.send(new HeadObjectCommand(at('gone')))).rejects.toThrow(NotFound)
  })

  test('is gone when it is deleted, and deleting it again is no error', async () => {
    await put('short-lived', 'x')
    await s3.client.send(new DeleteObjectCommand(at('short-lived')))
    await s3.client.send(new DeleteObjectCommand(at('short-lived')))
    await expect(read('short-lived')).rejects.toThrow(NoSuchKey)
  })

  test('can be deleted with others at once', async () => {
    const keys = ['many/1', 'many/<2>&"\'', 'many/ü 3']
    for (const key of keys) await put(key, 'x')
    const Objects = [...keys, 'many/never'].map((Key) => ({ Key }))
    const { Deleted } = await s3.client.send(
      new DeleteObjectsCommand({ Bucket: 'vigil', Delete: { Objects } }),
    )
    expect(Deleted).toEqual(Objects)
    for (const key of keys) await expect(read(key)).rejects.toThrow(NoSuchKey)
  })

  test('is read by whoever has its presigned URL, until it is gone', async () => {
    await put('shared.md', '# Report')
    const url = await getSignedUrl(s3.client, new GetObjectCommand(at('shared.md')))
    const answer = await fetch(url)
    expect([answer.status, await answer.text()]).toEqual([200, '# Report'])
    await s3.client.send(new DeleteObjectCommand(at('shared.md')))
    expect((await fetch(url)).status).toBe(404)
  })
})

describe('a key', () => {
  const KEYS = [
    '../../outside',
    '..',
    '.',
    './x',
    'a/../../../../etc/passwd',
    'a',
    'a/',
    'a/b',
    'a//b',
    '//',
    'a%2Fb',
    'a%',
    '%2e%2e/x',
    'with space+plus&and=equals?query#fragment;',
    'quotes"\'`<>|\\*:',
    'umlaut-ü/漢字/😀',
    'new\nline\ttab',
    'CON',
    '.new',
    '~',
    'x'.repeat(200),
    `${'deep/'.repeat(100)}leaf`,
  ]

  test('is its own object, however odd it is, inside the folder', async () => {
    for (const key of KEYS) await put(key, `body of ${key}`)
    for (const key of KEYS) expect(await read(key)).toBe(`body of ${key}`)
    expect(readdirSync(s3.folder).sort()).toEqual(['.new', 'vigil'])
    expect(existsSync(join(s3.folder, '..', 'outside'))).toBe(false)
  })

  test('with a part that no file can be named after is refused', async () => {
    await expect(put('ü'.repeat(100), 'x')).rejects.toThrow(/too long/)
  })

  test.each(['../vigil', '.new', '..', 'UPPER', 'a', ''])(
    'of the bucket %j is refused',
    async (bucket) => {
      const answer = await fetch(`${s3.url}/${encodeURIComponent(bucket)}/x`, { headers: SIGNED })
      expect([answer.status, await answer.text()]).toEqual([
        400,
        expect.stringContaining('<Code>InvalidBucketName</Code>'),
      ])
    },
  )
})

describe('what is not served is refused by name', () => {
  test.each<[what: string, send: () => Promise<unknown>]>([
    [
      'PutObject with if-none-match',
      () => s3.client.send(new PutObjectCommand({ ...at('x'), Body: 'x', IfNoneMatch: '*' })),
    ],
    [
      'PutObject with x-amz-copy-source',
      () => s3.client.send(new CopyObjectCommand({ ...at('x'), CopySource: 'vigil/a' })),
    ],
    [
      "POST of an object's uploads",
      () => s3.client.send(new CreateMultipartUploadCommand(at('x'))),
    ],
    [
      "GET of an object's versionId",
      () => s3.client.send(new GetObjectCommand({ ...at('x'), VersionId: '1' })),
    ],
    ['ListObjects', () => s3.client.send(new ListObjectsCommand({ Bucket: 'vigil' }))],
    [
      'the checksum crc32c',
      () => s3.client.send(new PutObjectCommand({ ...at('x'), Body: 'x', ChecksumCRC32C: 'AA==' })),
    ],
  ])('%s', async (what, send) => {
    await expect(send()).rejects.toMatchObject({
      name: 'NotImplemented',
      message: `${what} is not served by the local plane`,
    })
  })
})

describe('the address', () => {
  const CREDENTIAL = `X-Amz-Credential=${CREDENTIALS.accessKeyId}/20260131/local/s3/aws4_request`
  const list = '<Delete><Object><Key>a</Key></Object></Delete>'

  test.each<[why: string, status: number, path: string, init: RequestInit]>([
    ['is not signed', 403, '/vigil/a', {}],
    [
      'is signed by somebody else',
      403,
      '/vigil/a',
      {
        headers: {
          authorization: 'AWS4-HMAC-SHA256 Credential=other/20260131/local/s3/aws4_request',
        },
      },
    ],
    [
      'is a form post with a query of its own',
      403,
      `/vigil/?delete&${CREDENTIAL}`,
      {
        method: 'POST',
        body: list,
      },
    ],
    ['is presigned, to write', 403, `/vigil/a?${CREDENTIAL}`, { method: 'PUT', body: 'x' }],
    ['is no address', 400, `/vigil/%zz?${CREDENTIAL}`, {}],
  ])('refuses what %s', async (_, status, path, init) => {
    expect((await fetch(`${s3.url}${path}`, init)).status).toBe(status)
  })

  test('refuses a name that is not of loopback, which a web page may have been given', async () => {
    const status = await new Promise((resolve) =>
      request(`${s3.url}/vigil/a`, { headers: { ...SIGNED, host: 'evil.example' } }, (answer) =>
        resolve(answer.resume().statusCode),
      ).end(),
    )
    expect(status).toBe(421)
  })
})
