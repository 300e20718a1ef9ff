import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { z } from 'zod'
import { Event } from '#core/contracts/event.ts'
import { step } from '#functions/step.ts'

const Input = z.object({
  Records: z.array(
    z.object({
      eventName: z.string(),
      dynamodb: z.object({
        Keys: z.object({ sk: z.object({ S: z.string() }) }),
        NewImage: z.custom<Record<string, AttributeValue>>().optional(),
      }),
    }),
  ),
})

/** The table's stream: every new state event goes to the bus, at least once, keyed by its id (M2). */
export const publish = step(Input, (world) => async ({ Records }) => {
  const fresh = Records.filter(
    ({ eventName, dynamodb }) => eventName === 'INSERT' && dynamodb.Keys.sk.S.startsWith('event#'),
  )
  const events = fresh.map(({ dynamodb }) =>
    Event.strip().parse(unmarshall(dynamodb.NewImage ?? {})),
  )
  for (let from = 0; from < events.length; from += ENTRIES) {
    const entries = events.slice(from, from + ENTRIES).map((event) => ({
      EventBusName: world.settings.VIGIL_BUS,
      Source: 'vigil',
      DetailType: event.kind,
      Detail: JSON.stringify({ ...event, id: `${event.runId}#${event.sequence}` }),
    }))
    const { FailedEntryCount = 0 } = await world.bus.send(
      new PutEventsCommand({ Entries: entries }),
    )
    if (FailedEntryCount > 0)
      throw new Error(`${FailedEntryCount} events were not taken by the bus`)
  }
  return { published: events.length }
})

/** Entries that PutEvents takes at once (service limit). */
const ENTRIES = 10
