import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openS3 } from '#infra/local/s3/s3.ts'
import { openTestS3, SIGNED, type TestS3 } from './open-test-s3.ts'

let s3: TestS3
beforeEach(async () => {
  s3 = await openTestS3()
})
afterEach(async () => {
  await s3.close()
})

const at = (Key: string) => ({ Bucket: 'vigil', Key })
const put = (Key: string, Body: string | Buffer | Readable, extra = {}) =>
  s3.client.send(new PutObjectCommand({ ...at(Key), Body, ...extra }))
const read = async (Key: string) => {
  const { Body } = await s3.client.send(new GetObjectCommand(at(Key)))
  return Body?.transformToString()
}
const unfinished = () => readdirSync(join(s3.folder, '.new'))
/** A put whose headers and body are not what the SDK would send. */
const rawPut = (headers: Record<string, string>, body: string) =>
  fetch(`${s3.url}/vigil/k`, { method: 'PUT', headers: { ...SIGNED, ...headers }, body })

describe('a body', () => {
  test('that is a stream comes in chunks with its checksum behind them, and is stored without', async () => {
    const pieces = Array.from({ length: 50 }, (_, n) => Buffer.alloc(n * 997, String(n % 10)))
    const whole = Buffer.concat(pieces)
    await put('streamed', Readable.from(pieces), { ContentLength: whole.length })
    expect(s3.seen[0]?.headers).toMatchObject({
      'content-encoding': 'aws-chunked',
      'x-amz-trailer': 'x-amz-checksum-crc32',
      'x-amz-decoded-content-length': String(whole.length),
    })
    const { Body, ContentEncoding } = await s3.client.send(new GetObjectCommand(at('streamed')))
    expect(ContentEncoding).toBeUndefined()
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(whole)).toBe(true)
  })

  test('that is bytes comes with its checksum as a header', async () => {
    await put('bytes', 'hello')
    expect(s3.seen[0]?.headers).toMatchObject({ 'x-amz-checksum-crc32': 'NhCmhg==' })
  })

  test.each(['SHA1', 'SHA256'])('can claim its %s', async (ChecksumAlgorithm) => {
    await put('hashed', 'hello', { ChecksumAlgorithm })
    const stream = Readable.from([Buffer.from('hello')])
    await put('hashed-stream', stream, { ChecksumAlgorithm, ContentLength: 5 })
    expect([await read('hashed'), await read('hashed-stream')]).toEqual(['hello', 'hello'])
  })

  test.each<[wrong: string, headers: Record<string, string>, body: string, code: string]>([
    ['CRC32', { 'x-amz-checksum-crc32': 'AAAAAA==' }, 'hello', 'BadDigest'],
    ['SHA-256', { 'x-amz-checksum-sha256': 'AAAAAA==' }, 'hello', 'BadDigest'],
    ['MD5', { 'content-md5': 'AAAAAA==' }, 'hello', 'BadDigest'],
    [
      'trailing CRC32',
      { 'content-encoding': 'aws-chunked', 'x-amz-trailer': 'x-amz-checksum-crc32' },
      '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n',
      'BadDigest',
    ],
    [
      'length',
      { 'content-encoding': 'aws-chunked', 'x-amz-decoded-content-length': '6' },
      '5\r\nhello\r\n0\r\n\r\n',
      'IncompleteBody',
    ],
    ['chunk', { 'content-encoding': 'aws-chunked' }, '9\r\nhello', 'IncompleteBody'],
    ['chunk size', { 'content-encoding': 'aws-chunked' }, 'five\r\nhello', 'IncompleteBody'],
    ['end of a chunk', { 'content-encoding': 'aws-chunked' }, '4\r\nhello\r\n0\r\n', 'Incomplete'],
  ])('with a wrong %s is refused, and the object stays', async (_, headers, body, code) => {
    await put('k', 'before')
    const answer = await rawPut(headers, body)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(`<Code>${code}`)
    expect(await read('k')).toBe('before')
    expect(unfinished()).toEqual([])
  })

  test('that breaks off leaves the object as it was', async () => {
    await put('k', 'before')
    const sending = request(`${s3.url}/vigil/k`, {
      method: 'PUT',
      headers: { ...SIGNED, 'content-length': '1000' },
    })
    sending.on('error', () => undefined)
    sending.write('only this')
    await expect.poll(unfinished).toHaveLength(1)
    sending.destroy()
    await expect.poll(unfinished).toEqual([])
    expect(await read('k')).toBe('before')
  })

  test('that a killed plane was taking is cleared away at the next start', async () => {
    const sending = request(`${s3.url}/vigil/k`, { method: 'PUT', headers: SIGNED })
    sending.on('error', () => undefined)
    sending.write('only this')
    await expect.poll(unfinished).toHaveLength(1)
    openS3(s3.folder)
    expect(unfinished()).toEqual([])
    sending.destroy()
  })
})

describe('replacing an object', () => {
  test('leaves it whole for who is reading it', async () => {
    const old = Buffer.alloc(4_000_000, 'o')
    await put('k', old)
    const { Body } = await s3.client.send(new GetObjectCommand(at('k')))
    await put('k', Buffer.alloc(4_000_000, 'n'))
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(old)).toBe(true)
    expect((await read('k'))?.[0]).toBe('n')
  })

  test('by many at once leaves one of them, whole, with its own facts', async () => {
    const bodies = Array.from({ length: 12 }, (_, n) => Buffer.alloc(100_000 + n, String(n % 10)))
    await Promise.all(
      bodies.map((body, n) =>
        put('k', body, { ContentType: `text/x-${n}`, Metadata: { n: `${n}` } }),
      ),
    )
    const found = await s3.client.send(new GetObjectCommand(at('k')))
    const winner = Number(found.Metadata?.n)
    expect(found.ContentType).toBe(`text/x-${winner}`)
    const body = Buffer.from((await found.Body?.transformToByteArray()) ?? [])
    expect(bodies[winner]?.equals(body)).toBe(true)
  })
})

test('100 MB go in and out in bounded memory', async () => {
  const piece = Buffer.alloc(1024 ** 2, 'm')
  const hash = createHash('md5')
  for (let n = 0; n < 100; n += 1) hash.update(piece)
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const before = process.memoryUsage().arrayBuffers
  let peak = 0
  /** What is held, without what only waits for the collector. */
  const note = (bytes: number) => {
    if (bytes % (10 * piece.length) !== 0) return
    collect()
    peak = Math.max(peak, process.memoryUsage().arrayBuffers - before)
  }
  const source = Readable.from(
    (function* () {
      for (let n = 0; n < 100; n += 1) {
        note(n * piece.length)
        yield piece
      }
    })(),
  )
  await put('large', source, { ContentLength: 100 * piece.length })
  const { Body, ETag } = await s3.client.send(new GetObjectCommand(at('large')))
  let size = 0
  if (Body instanceof Readable)
    for await (const chunk of Body) {
      size += chunk.length
      note(size)
    }
  expect([size, ETag]).toEqual([100 * piece.length, `"${hash.digest('hex')}"`])
  expect(peak / 1024 ** 2).toBeLessThan(40)
})
