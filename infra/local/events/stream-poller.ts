import { readFile, rename, writeFile } from 'node:fs/promises'
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams'

/**
 * Reads the table's stream as Lambda does and hands the records over, at least once: a checkpoint
 * per shard is written after the handler took them.
 */
export const startStreamPoller = (options: {
  client: DynamoDBStreamsClient
  table: string
  /** File of the checkpoints. */
  checkpoints: string
  handle: (event: { Records: unknown[] }) => Promise<unknown>
  failed: (error: unknown) => void
}): { stop: () => Promise<void> } => {
  let stopped = false
  const loop = async (): Promise<void> => {
    const seen = await readCheckpoints(options.checkpoints)
    while (!stopped) {
      await poll(options, seen).catch(options.failed)
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }
  const running = loop()
  return {
    stop: () => {
      stopped = true
      return running
    },
  }
}

const POLL_MS = 200

type Checkpoints = Record<string, string>

const readCheckpoints = async (file: string): Promise<Checkpoints> => {
  const text = await readFile(file, 'utf8').catch(() => '{}')
  const parsed = jsonOf(text)
  return Object.fromEntries(Object.entries(parsed ?? {}).map(([shard, at]) => [shard, String(at)]))
}

/** What was half written is forgotten: the stream is read again, at least once. */
const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

const poll = async (
  { client, table, checkpoints, handle }: Parameters<typeof startStreamPoller>[0],
  seen: Checkpoints,
): Promise<void> => {
  const { Streams = [] } = await client.send(new ListStreamsCommand({ TableName: table }))
  for (const { StreamArn } of Streams) {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }))
    for (const { ShardId = '' } of StreamDescription?.Shards ?? []) {
      const after = seen[ShardId]
      const { ShardIterator } = await client.send(
        new GetShardIteratorCommand({
          StreamArn,
          ShardId,
          ...(after === undefined
            ? { ShardIteratorType: 'TRIM_HORIZON' }
            : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }),
        }),
      )
      const { Records = [] } = await client.send(
        new GetRecordsCommand({ ShardIterator, Limit: 100 }),
      )
      const last = Records.at(-1)?.dynamodb?.SequenceNumber
      if (last === undefined) continue
      await handle({ Records })
      seen[ShardId] = last
      await writeFile(`${checkpoints}.new`, JSON.stringify(seen))
      await rename(`${checkpoints}.new`, checkpoints)
    }
  }
}
