import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startStreamPoller } from '#infra/local/events/stream-poller.ts'
import { listen } from '#infra/local/listen.ts'
import { CREDENTIALS, PLACE } from '#infra/local/place.ts'

/** A stream's service whose shards a test can close, trim and describe page by page, as AWS does. */
const openService = async () => {
  const shards = new Map<string, { parent?: string; records: string[]; open: boolean }>()
  const faults: string[] = []
  const operations: Record<string, (body: Record<string, string>) => unknown> = {
    ListStreams: () => ({ Streams: [{ StreamArn: 'arn:stream', TableName: 'Vigil' }] }),
    DescribeStream: ({ ExclusiveStartShardId: after }) => {
      const ids = [...shards.keys()]
      const [id = ''] = ids.slice(after === undefined ? 0 : ids.indexOf(after) + 1)
      const more = ids.indexOf(id) < ids.length - 1
      const Shards = id ? [{ ShardId: id, ParentShardId: shards.get(id)?.parent }] : []
      return { StreamDescription: { Shards, ...(more && { LastEvaluatedShardId: id }) } }
    },
    GetShardIterator: ({ ShardId = '', ShardIteratorType, SequenceNumber = '' }) => {
      if (ShardIteratorType === 'TRIM_HORIZON') return { ShardIterator: `${ShardId}@0` }
      const at = shards.get(ShardId)?.records.indexOf(SequenceNumber) ?? -1
      return at < 0 ? 'TrimmedDataAccessException' : { ShardIterator: `${ShardId}@${at + 1}` }
    },
    GetRecords: ({ ShardIterator = '' }) => {
      const fault = faults.shift()
      if (fault !== undefined) return fault
      const [id = '', from] = ShardIterator.split('@')
      const { records = [], open = false } = shards.get(id) ?? {}
      const page = records.slice(Number(from), Number(from) + 2)
      const next = Number(from) + page.length
      const Records = page.map((SequenceNumber) => ({ dynamodb: { SequenceNumber } }))
      return {
        Records,
        ...((open || next < records.length) && { NextShardIterator: `${id}@${next}` }),
      }
    },
  }
  const { port, close } = await listen(
    async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? ''
      const answer = operations[operation]?.(JSON.parse(Buffer.concat(chunks).toString()))
      const failed = typeof answer === 'string'
      response.writeHead(failed ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' })
      response.end(JSON.stringify(failed ? { __type: answer, message: answer } : answer))
    },
    0,
    true,
  )
  const endpoint = `http://127.0.0.1:${port}`
  return { shards, faults, endpoint, close }
}

let service: Awaited<ReturnType<typeof openService>>
let folder = ''
const closers: (() => unknown)[] = []
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-shards-'))
  service = await openService()
})
afterEach(async () => {
  for (const closer of closers.splice(0)) await closer()
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

const follow = () => {
  const handled: string[] = []
  const failures: unknown[] = []
  const client = new DynamoDBStreamsClient({
    endpoint: service.endpoint,
    region: PLACE.region,
    credentials: CREDENTIALS,
  })
  const { stop } = startStreamPoller({
    client,
    table: 'Vigil',
    checkpoints: join(folder, 'stream.json'),
    handle: async ({ Records }) => {
      for (const record of Records as { dynamodb: { SequenceNumber: string } }[])
        handled.push(record.dynamodb.SequenceNumber)
    },
    failed: (error) => failures.push(error),
  })
  closers.push(stop, () => client.destroy())
  return { handled, failures, stop }
}

test('a shard is read after its parent was read to its end, wherever it is listed', async () => {
  service.shards.set('child', { parent: 'parent', records: ['4', '5'], open: true })
  service.shards.set('parent', { records: ['1', '2', '3'], open: false })
  service.shards.set('orphan', { parent: 'trimmed away', records: ['9'], open: true })
  const { handled } = follow()
  await expect.poll(() => handled.filter((n) => n !== '9')).toEqual(['1', '2', '3', '4', '5'])
  expect(handled).toContain('9')
})

test('a shard that ends is followed by its child at once', async () => {
  service.shards.set('parent', { records: ['1'], open: true })
  const { handled } = follow()
  await expect.poll(() => handled).toEqual(['1'])
  service.shards.set('child', { parent: 'parent', records: ['3'], open: true })
  service.shards.set('parent', { records: ['1', '2'], open: false })
  await expect.poll(() => handled, { timeout: 2_000 }).toEqual(['1', '2', '3'])
})

test('an iterator that expired is replaced, from the checkpoint', async () => {
  service.shards.set('only', { records: ['1'], open: true })
  const { handled, failures } = follow()
  await expect.poll(() => handled).toEqual(['1'])
  service.faults.push('ExpiredIteratorException')
  service.shards.set('only', { records: ['1', '2'], open: true })
  await expect.poll(() => handled, { timeout: 3_000 }).toEqual(['1', '2'])
  expect(failures).toMatchObject([{ name: 'ExpiredIteratorException' }])
})

test('where a checkpoint is trimmed away, the oldest record is next', async () => {
  writeFileSync(join(folder, 'stream.json'), '{"arn:stream/only":"1","arn:stream/gone":"7"}')
  service.shards.set('only', { records: ['5', '6'], open: true })
  const { handled, failures, stop } = follow()
  await expect.poll(() => handled).toEqual(['5', '6'])
  expect(failures).toEqual([])
  await stop()
  expect(JSON.parse(readFileSync(join(folder, 'stream.json'), 'utf8'))).toEqual({
    'arn:stream/only': '6',
  })
})
