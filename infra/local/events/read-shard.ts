import type { _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams'
import {
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type ShardIteratorType,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams'
import type { Shard } from './stream-shards.ts'

/** Where to begin in a shard: after its checkpoint, or, where that is trimmed or none, at its oldest record. */
export const iteratorOf = async (
  client: DynamoDBStreamsClient,
  { streamArn, shardId }: Shard,
  after: string | undefined,
  abortSignal: AbortSignal,
): Promise<string | undefined> => {
  const from = async (ShardIteratorType: ShardIteratorType, SequenceNumber?: string) => {
    const asked = { StreamArn: streamArn, ShardId: shardId, ShardIteratorType, SequenceNumber }
    const { ShardIterator } = await client.send(new GetShardIteratorCommand(asked), { abortSignal })
    return ShardIterator
  }
  if (after === undefined) return from('TRIM_HORIZON')
  try {
    return await from('AFTER_SEQUENCE_NUMBER', after)
  } catch (error) {
    if (!(error instanceof TrimmedDataAccessException)) throw error
    return from('TRIM_HORIZON')
  }
}

/** The records at an iterator, and where the next ones are: undefined at the end of a closed shard. */
export const recordsAt = async (
  client: DynamoDBStreamsClient,
  iterator: string,
  abortSignal: AbortSignal,
): Promise<{ records: StreamRecord[]; next: string | undefined }> => {
  const { Records = [], NextShardIterator } = await client.send(
    new GetRecordsCommand({ ShardIterator: iterator, Limit: BATCH }),
    { abortSignal },
  )
  return { records: Records, next: NextShardIterator }
}

/** Records of one batch, as in the cloud. */
const BATCH = 100
