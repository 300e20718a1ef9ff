import { ListObjectsV2Command, PutObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestS3, type TestS3 } from './open-test-s3.ts'

const KEYS = [
  'attempts/a/10',
  'attempts/a/2',
  'attempts/a',
  'attempts/ab/1',
  'attempts/\u{ff5e}',
  'attempts/\u{1f600}',
  'runs/1/report.md',
  'runs/1/report.json',
  'runs',
  'z<&>"z',
]
/** As S3 sorts: by the bytes of UTF-8. */
const SORTED = [
  'attempts/a',
  'attempts/a/10',
  'attempts/a/2',
  'attempts/ab/1',
  'attempts/\u{ff5e}',
  'attempts/\u{1f600}',
  'runs',
  'runs/1/report.json',
  'runs/1/report.md',
  'z<&>"z',
]

let s3: TestS3
beforeAll(async () => {
  s3 = await openTestS3()
  for (const Key of KEYS)
    await s3.client.send(new PutObjectCommand({ Bucket: 'vigil', Key, Body: Key }))
})
afterAll(async () => {
  expect(s3.failures).toEqual([])
  await s3.close()
})

const list = async (Prefix: string | undefined, pageSize = 1_000, StartAfter?: string) => {
  const pages = paginateListObjectsV2(
    { client: s3.client, pageSize },
    { Bucket: 'vigil', Prefix, StartAfter },
  )
  const keys: string[][] = []
  for await (const { Contents = [] } of pages) keys.push(Contents.map(({ Key = '' }) => Key))
  return keys
}

describe('a listing', () => {
  test.each<[prefix: string | undefined, keys: string[]]>([
    [undefined, SORTED],
    ['', SORTED],
    ['attempts/', SORTED.slice(0, 6)],
    ['attempts/a', SORTED.slice(0, 4)],
    ['attempts/a/', SORTED.slice(1, 3)],
    ['attempts/a/1', ['attempts/a/10']],
    ['run', SORTED.slice(6, 9)],
    ['runs/1/report.md', ['runs/1/report.md']],
    ['../', []],
    ['nothing/', []],
  ])('of prefix %j has its keys in the order of their bytes', async (prefix, keys) => {
    expect((await list(prefix)).flat()).toEqual(keys)
  })

  test.each([1, 2, 3, 9, 10, 11])('goes on page by page of %i', async (size) => {
    const pages = await list(undefined, size)
    expect(pages.flat()).toEqual(SORTED)
    expect(pages).toHaveLength(Math.ceil(SORTED.length / size))
  })

  test('starts after a key, whether that is there or not', async () => {
    expect((await list('attempts/a', 1, 'attempts/a')).flat()).toEqual(SORTED.slice(1, 4))
    expect((await list('attempts/a', 1, 'attempts/a/1')).flat()).toEqual(SORTED.slice(1, 4))
  })

  test('says size, time and entity tag of each', async () => {
    const { Contents, KeyCount, IsTruncated } = await s3.client.send(
      new ListObjectsV2Command({ Bucket: 'vigil', Prefix: 'runs/1/report.md' }),
    )
    expect([KeyCount, IsTruncated]).toEqual([1, false])
    expect(Contents).toEqual([
      {
        Key: 'runs/1/report.md',
        Size: 16,
        ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
        LastModified: expect.any(Date),
      },
    ])
  })

  test('of a bucket that nothing was put in is empty', async () => {
    const answer = await s3.client.send(new ListObjectsV2Command({ Bucket: 'empty' }))
    expect(answer).toMatchObject({ KeyCount: 0, IsTruncated: false })
  })

  test.each([
    ['a continuation token that is none', { ContinuationToken: '!' }, 'InvalidArgument'],
    ['a delimiter', { Delimiter: '/' }, 'NotImplemented'],
  ])('with %s is refused', async (_, extra, name) => {
    await expect(
      s3.client.send(new ListObjectsV2Command({ Bucket: 'vigil', ...extra })),
    ).rejects.toMatchObject({ name })
  })
})
