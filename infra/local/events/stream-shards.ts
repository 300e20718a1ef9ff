import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams'

/** A shard of one of a table's streams. */
export interface Shard {
  readonly streamArn: string
  readonly shardId: string
  /** Its records come before this one's. */
  readonly parent: string | undefined
}

/** What tells shards apart, over all streams that the table ever had. */
export const keyOf = ({ streamArn, shardId }: Pick<Shard, 'streamArn' | 'shardId'>): string =>
  `${streamArn}/${shardId}`

/** All shards of a table's streams. */
export const describeShards = async (
  client: DynamoDBStreamsClient,
  table: string,
  abortSignal: AbortSignal,
): Promise<Shard[]> => {
  const shards: Shard[] = []
  const { Streams = [] } = await client.send(new ListStreamsCommand({ TableName: table }), {
    abortSignal,
  })
  for (const { StreamArn: streamArn = '' } of Streams) {
    let after: string | undefined
    do {
      const { StreamDescription: stream } = await client.send(
        new DescribeStreamCommand({ StreamArn: streamArn, ExclusiveStartShardId: after }),
        { abortSignal },
      )
      for (const { ShardId: shardId = '', ParentShardId } of stream?.Shards ?? [])
        shards.push({ streamArn, shardId, parent: ParentShardId })
      after = stream?.LastEvaluatedShardId
    } while (after !== undefined)
  }
  return shards
}
