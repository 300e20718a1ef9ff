import { setTimeout as sleep } from 'node:timers/promises'
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
    .min(1)
    .max(10),
})
type Entry = z.infer<typeof PutEvents>['Entries'][number]

/**
 * An in-process bus with EventBridge's shapes. Each target gets the events that its rule matches in the
 * order in which they were sent; one that fails is tried again, with backoff, and holds up nobody.
 */
export const openBus = (options: {
  newId: () => string
  now: () => number
  failed: (rule: string, error: unknown) => void
  /** Between tries; by default on the machine's clock. */
  pause?: (ms: number) => Promise<unknown>
}) => {
  const { pause = (ms) => sleep(ms, undefined, { ref: false }) } = options
  const rules: Rule[] = []
  const deliver = async (rule: Rule, event: BusEvent): Promise<void> => {
    for (let round = 1; ; round += 1) {
      try {
        await rule.target(event)
        return
      } catch (error) {
        options.failed(rule.name, error)
        if (round === ROUNDS) throw error
        await pause(50 * 2 ** round)
      }
    }
  }
  const hand = async (event: BusEvent): Promise<void> => {
    const wanting = rules.filter(({ matches }) => matches(event))
    const delivered = await Promise.allSettled(wanting.map((rule) => deliver(rule, event)))
    const refused = delivered.find((each) => each.status === 'rejected')
    if (refused) throw refused.reason
  }
  const eventOf = (source: string, type: string, detail: unknown): BusEvent => {
    const time = new Date(options.now()).toISOString()
    return { id: options.newId(), time, source, 'detail-type': type, detail }
  }
  const put = (entry: Entry): { entry: PutEntry; delivered?: Promise<void> } => {
    const detail = objectOf(entry.Detail)
    if (detail === undefined) return { entry: MALFORMED }
    const event = eventOf(entry.Source, entry.DetailType, detail)
    return { entry: { EventId: event.id }, delivered: hand(event).catch(() => undefined) }
  }
  return {
    rule: (rule: Rule): void => void rules.push(rule),
    /** Resolves when every target took the event; rejects when one would not, after all tries. */
    send: (source: string, type: string, detail: unknown): Promise<void> =>
      hand(eventOf(source, type, detail)),
    /** Answers one operation of `AWSEvents` (awsJson1_1). */
    wire: async (operation: string, body: unknown): Promise<{ status: number; body: unknown }> => {
      if (operation !== 'PutEvents')
        return { status: 400, body: { __type: 'UnknownOperationException' } }
      const request = PutEvents.safeParse(body)
      if (!request.success) {
        const message = z.prettifyError(request.error)
        return { status: 400, body: { __type: 'ValidationException', message } }
      }
      const handed = request.data.Entries.map(put)
      await withinPatience(Promise.all(handed.map(({ delivered }) => delivered)))
      const Entries = handed.map(({ entry }) => entry)
      const FailedEntryCount = Entries.filter((entry) => 'ErrorCode' in entry).length
      return { status: 200, body: { FailedEntryCount, Entries } }
    },
  }
}

type PutEntry = { readonly EventId: string } | typeof MALFORMED

const MALFORMED = { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' } as const

/** Tries before an event goes back to its sender, which sends it again later. */
const ROUNDS = 8

/**
 * What was answered is remembered by nobody here but the targets: so they are waited for, but for one
 * that fails or hangs.
 */
const withinPatience = async (delivered: Promise<unknown>): Promise<void> => {
  const over = new AbortController()
  const patience = sleep(PATIENCE_MS, undefined, over).catch(() => undefined)
  await Promise.race([delivered, patience])
  over.abort()
}

const PATIENCE_MS = 1_000

const objectOf = (text: string): object | undefined => {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
