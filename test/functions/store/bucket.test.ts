import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { openTestStore, type TestStore } from './open-test-store.ts'

let scene: TestStore
beforeAll(async () => {
  scene = await openTestStore()
})
afterAll(() => scene.close())

test('bytes and text come back as they were put', async () => {
  const { bucket } = scene.store
  const bytes = Uint8Array.from({ length: 1000 }, (_, n) => n % 256)
  await bucket.put('a/bytes', bytes)
  await bucket.put('a/text', 'ünïcödé')
  expect(Buffer.from((await bucket.get('a/bytes')) ?? []).equals(bytes)).toBe(true)
  expect(Buffer.from((await bucket.get('a/text')) ?? []).toString()).toBe('ünïcödé')
})

test('what is not there is undefined, as bytes and as JSON', async () => {
  const { bucket } = scene.store
  expect(await bucket.get('none')).toBeUndefined()
  expect(await bucket.getJson('none', z.unknown())).toBeUndefined()
})

test('JSON is parsed by its contract, and refused where it does not hold', async () => {
  const { bucket } = scene.store
  const contract = z.strictObject({ a: z.number() })
  await bucket.putJson('b', { a: 1 })
  expect(await bucket.getJson('b', contract)).toEqual({ a: 1 })
  await bucket.putJson('b', { a: 'x' })
  await expect(bucket.getJson('b', contract)).rejects.toThrow(z.ZodError)
  await bucket.put('b', '{"a":')
  await expect(bucket.getJson('b', contract)).rejects.toThrow(SyntaxError)
})

test('anybody can read an object by its presigned URL, with the type that it was put with', async () => {
  const { bucket } = scene.store
  await bucket.put('report.md', '# Done', 'text/markdown')
  const url = await bucket.presign('report.md')
  expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('3600')
  const answer = await fetch(url)
  expect([answer.headers.get('content-type'), await answer.text()]).toEqual([
    'text/markdown',
    '# Done',
  ])
})
