import { z } from 'zod'

/** An event as EventBridge hands it to a target. */
export interface BusEvent {
  readonly id: string
  readonly time: string
  readonly source: string
  readonly 'detail-type': string
  readonly detail: unknown
}

/** Which events a target gets. */
export interface Rule {
  readonly name: string
  readonly matches: (event: BusEvent) => boolean
  readonly target: (event: BusEvent) => Promise<unknown>
}

const PutEvents = z.object({
  Entries: z
    .array(z.object({ Source: z.string(), DetailType: z.string(), Detail: z.string() }))
    .max(10),
})

/** An in-process bus with EventBridge's shapes: a target that fails is tried again, with backoff. */
export const openBus = (options: {
  newId: () => string
  now: () => number
  failed: (rule: string, error: unknown) => void
}) => {
  const rules: Rule[] = []
  const deliver = async (rule: Rule, event: BusEvent): Promise<void> => {
    for (let round = 1; ; round += 1) {
      try {
        await rule.target(event)
        return
      } catch (error) {
        options.failed(rule.name, error)
        if (round === ROUNDS) throw error
        await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** round).unref())
      }
    }
  }
  const send = async (source: string, type: string, detail: unknown): Promise<void> => {
    const time = new Date(options.now()).toISOString()
    const event = { id: options.newId(), time, source, 'detail-type': type, detail }
    await Promise.all(
      rules.filter(({ matches }) => matches(event)).map((rule) => deliver(rule, event)),
    )
  }
  return {
    rule: (rule: Rule): void => void rules.push(rule),
    /** Resolves when every target took the event. */
    send,
    /** Answers one operation of `AWSEvents` (awsJson1_1). */
    wire: async (operation: string, body: unknown): Promise<{ status: number; body: unknown }> => {
      if (operation !== 'PutEvents')
        return { status: 400, body: { __type: 'UnknownOperationException' } }
      const { Entries } = PutEvents.parse(body)
      for (const { Source, DetailType, Detail } of Entries)
        send(Source, DetailType, JSON.parse(Detail)).catch(() => undefined) // Told by `failed`.
      return {
        status: 200,
        body: { FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: options.newId() })) },
      }
    },
  }
}

/** Rounds before an event goes back to its sender, which sends it again later. */
const ROUNDS = 8
