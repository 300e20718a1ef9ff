import { appendFileSync } from 'node:fs'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { startStreamPoller } from '#infra/local/events/stream-poller.ts'
import { CREDENTIALS, PLACE } from '#infra/local/place.ts'

/** A plane that is killed when its handler has taken a record, before the checkpoint is written. */
const [endpoint = '', checkpoints = '', handled = ''] = process.argv.slice(2)

startStreamPoller({
  client: new DynamoDBStreamsClient({ endpoint, region: PLACE.region, credentials: CREDENTIALS }),
  table: 'Vigil',
  checkpoints,
  handle: async ({ Records }) => {
    appendFileSync(handled, JSON.stringify(Records))
    process.kill(process.pid, 'SIGKILL')
  },
  failed: () => undefined,
})
