import { dirname, join } from 'node:path'
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { type Checkpoints, openCheckpoints } from './checkpoints.ts'
import { type HandOver, handOver } from './hand-over.ts'
import { iteratorOf, recordsAt } from './read-shard.ts'
import { describeShards, keyOf, type Shard } from './stream-shards.ts'

interface PollerOptions {
  readonly client: DynamoDBStreamsClient
  readonly table: string
  /** File of the checkpoints; records that are given up go beside it, to `dead-letters.jsonl`. */
  readonly checkpoints: string
  readonly handle: HandOver['handle']
  readonly failed: (error: unknown) => void
}

/**
 * Reads the table's streams as Lambda does and hands the records over, in the order of each shard and
 * at least once: a checkpoint is written after the handler took them.
 */
export const startStreamPoller = (options: PollerOptions): { stop: () => Promise<void> } => {
  const stopping = new AbortController()
  const { signal } = stopping
  const pause = pauseUntil(signal)
  const deadLetters = join(dirname(options.checkpoints), 'dead-letters.jsonl')
  const to = { ...options, deadLetters, pause, signal }
  const run = async (): Promise<void> => {
    const checkpoints = await openCheckpoints(options.checkpoints)
    while (!signal.aborted) {
      await follow(to, checkpoints).catch((error) => signal.aborted || options.failed(error))
      await pause(RETRY_MS)
    }
  }
  const running = run()
  return {
    /** Waits for what is being handled, and for nothing else. */
    stop: () => {
      stopping.abort()
      return running
    },
  }
}

/** Between looks at a shard that has nothing new: one request. */
const POLL_MS = 200

/** After something failed. */
const RETRY_MS = 500

/** Between looks for new shards, besides when one ends. */
const DESCRIBE_MS = 10_000

/** Reads until something fails: then all is forgotten but the checkpoints. */
const follow = async (to: HandOver & PollerOptions, checkpoints: Checkpoints): Promise<void> => {
  const { client, table, signal, pause } = to
  const iterators = new Map<string, string | undefined>()
  let shards: Shard[] = []
  for (let describeAt = 0; !signal.aborted; ) {
    if (performance.now() >= describeAt) {
      shards = await describeShards(client, table, signal)
      checkpoints.keep(shards.map(keyOf))
      describeAt = performance.now() + DESCRIBE_MS
    }
    let news = false
    for (const shard of shards.filter((each) => isNext(each, shards, iterators))) {
      const key = keyOf(shard)
      const iterator =
        iterators.get(key) ?? (await iteratorOf(client, shard, checkpoints.get(key), signal))
      if (iterator === undefined) continue
      const { records, next } = await recordsAt(client, iterator, signal)
      await handOver(to, records, async ({ dynamodb }) => {
        if (dynamodb?.SequenceNumber) await checkpoints.set(key, dynamodb.SequenceNumber)
      })
      iterators.set(key, next)
      news ||= records.length > 0
      if (next === undefined) describeAt = 0
    }
    if (!news) await pause(POLL_MS)
  }
}

/** Not read to its end yet, while its parent is. */
const isNext = (
  shard: Shard,
  shards: readonly Shard[],
  iterators: ReadonlyMap<string, string | undefined>,
): boolean => {
  const ended = (key: string) => iterators.has(key) && iterators.get(key) === undefined
  const parent = shards.find(
    ({ streamArn, shardId }) => streamArn === shard.streamArn && shardId === shard.parent,
  )
  return !ended(keyOf(shard)) && (parent === undefined || ended(keyOf(parent)))
}

const pauseUntil =
  (signal: AbortSignal) =>
  (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const timer = setTimeout(done, ms)
      signal.addEventListener('abort', done)
      function done() {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
    })
