import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { awsEndpoint } from '#infra/local/aws-endpoint.ts'
import { type BusEvent, openBus } from '#infra/local/events/bus.ts'
import { listen } from '#infra/local/listen.ts'
import { CREDENTIALS, PLACE } from '#infra/local/place.ts'

let failures: string[] = []
let ids = 0
beforeEach(() => {
  failures = []
  ids = 0
})

const open = (pause?: (ms: number) => Promise<unknown>) =>
  openBus({
    newId: () => {
      ids += 1
      return `event-${ids}`
    },
    now: () => Date.parse('2026-01-31T12:00:00Z'),
    failed: (rule) => failures.push(rule),
    ...(pause && { pause }),
  })
const all = () => true
/** A target that keeps what it took, after so many tries that fail. */
const target = (failing = 0) => {
  const took: BusEvent[] = []
  let left = failing
  return {
    took,
    take: async (event: BusEvent) => {
      left -= 1
      if (left >= 0) throw new Error('busy')
      took.push(event)
    },
  }
}

describe('an event', () => {
  test('comes as EventBridge hands it over, to those whose rule matches', async () => {
    const bus = open()
    const [one, other] = [target(), target()]
    bus.rule({ name: 'one', matches: ({ source }) => source === 'aws.ecs', target: one.take })
    bus.rule({ name: 'other', matches: ({ source }) => source === 'vigil', target: other.take })
    await bus.send('aws.ecs', 'ECS Task State Change', { lastStatus: 'STOPPED' })
    expect(one.took).toEqual([
      {
        id: 'event-1',
        time: '2026-01-31T12:00:00.000Z',
        source: 'aws.ecs',
        'detail-type': 'ECS Task State Change',
        detail: { lastStatus: 'STOPPED' },
      },
    ])
    expect(other.took).toEqual([])
  })

  test('comes in the order in which it was sent', async () => {
    const bus = open()
    const one = target()
    bus.rule({ name: 'one', matches: all, target: one.take })
    await Promise.all(Array.from({ length: 50 }, (_, n) => bus.send('x', 'y', n)))
    expect(one.took.map(({ detail }) => detail)).toEqual(Array.from({ length: 50 }, (_, n) => n))
  })
})

describe('a target that fails', () => {
  test('gets the same event again until it takes it', async () => {
    const bus = open()
    const one = target(3)
    bus.rule({ name: 'one', matches: all, target: one.take })
    await bus.send('x', 'y', 'z')
    expect(one.took).toMatchObject([{ id: 'event-1' }])
    expect(failures).toEqual(['one', 'one', 'one'])
  })

  test('holds up neither the other targets nor the next events', async () => {
    const bus = open()
    const [failing, fine] = [target(2), target()]
    bus.rule({ name: 'failing', matches: all, target: failing.take })
    bus.rule({ name: 'fine', matches: all, target: fine.take })
    const first = bus.send('x', 'y', 1)
    const second = bus.send('x', 'y', 2)
    await expect.poll(() => fine.took.length, { interval: 1 }).toBe(2)
    expect(failing.took).toEqual([])
    await Promise.all([first, second])
    expect(failing.took).toHaveLength(2)
  })

  test('for good gives the event back to its sender, when the others have it', async () => {
    const pauses: number[] = []
    const bus = open(async (ms) => pauses.push(ms))
    const [failing, fine] = [target(Number.POSITIVE_INFINITY), target()]
    bus.rule({ name: 'failing', matches: all, target: failing.take })
    bus.rule({ name: 'fine', matches: all, target: fine.take })
    await expect(bus.send('x', 'y', 'z')).rejects.toThrow('busy')
    expect(fine.took).toHaveLength(1)
    expect(pauses).toEqual([100, 200, 400, 800, 1600, 3200, 6400])
  })
})

describe('PutEvents', () => {
  const closers: (() => unknown)[] = []
  afterEach(async () => {
    for (const closer of closers.splice(0)) await closer()
  })
  const openWire = async () => {
    const bus = open()
    const { port, close } = await listen(
      awsEndpoint({
        accessKeyId: CREDENTIALS.accessKeyId,
        json: { AWSEvents: bus.wire },
        s3: async () => ({ status: 418 }),
        metadata: () => undefined,
        failed: (error) => failures.push(String(error)),
      }),
      0,
      true,
    )
    const endpoint = `http://127.0.0.1:${port}`
    const client = new EventBridgeClient({
      endpoint,
      region: PLACE.region,
      credentials: CREDENTIALS,
      maxAttempts: 1,
    })
    closers.push(close, () => client.destroy())
    return { bus, client }
  }
  const entry = (Detail: string) => ({ Source: 'vigil', DetailType: 'run.started', Detail })

  test('hands its entries over in order, and answers with the ids that they go by', async () => {
    const { bus, client } = await openWire()
    const one = target()
    bus.rule({ name: 'one', matches: all, target: one.take })
    const { Entries, FailedEntryCount } = await client.send(
      new PutEventsCommand({ Entries: [entry('{"n":1}'), entry('{"n":2}')] }),
    )
    expect(FailedEntryCount).toBe(0)
    expect(one.took.map(({ id, detail }) => [id, detail])).toEqual([
      [Entries?.[0]?.EventId, { n: 1 }],
      [Entries?.[1]?.EventId, { n: 2 }],
    ])
  })

  test('answers when the targets have what it answers for, but waits for none that hangs', async () => {
    const { bus, client } = await openWire()
    let taken = false
    bus.rule({
      name: 'slow',
      matches: all,
      target: async () => {
        await new Promise((resolve) => setTimeout(resolve, 50))
        taken = true
      },
    })
    const put = () => client.send(new PutEventsCommand({ Entries: [entry('{}')] }))
    await put()
    expect(taken).toBe(true)
    bus.rule({ name: 'hangs', matches: all, target: () => new Promise(() => undefined) })
    await expect(put()).resolves.toMatchObject({ FailedEntryCount: 0 })
  })

  test.each(['{"a":', '"text"', '[1]', 'null'])(
    'tells of an entry whose detail is %s, and takes the others',
    async (detail) => {
      const { bus, client } = await openWire()
      const one = target()
      bus.rule({ name: 'one', matches: all, target: one.take })
      const answer = await client.send(
        new PutEventsCommand({ Entries: [entry(detail), entry('{"n":2}')] }),
      )
      expect(answer.FailedEntryCount).toBe(1)
      expect(answer.Entries?.[0]).toMatchObject({ ErrorCode: 'MalformedDetail' })
      expect(one.took).toMatchObject([{ detail: { n: 2 } }])
    },
  )

  test.each([0, 11])('of %i entries is refused', async (count) => {
    const { client } = await openWire()
    const Entries = Array.from({ length: count }, () => entry('{}'))
    await expect(client.send(new PutEventsCommand({ Entries }))).rejects.toMatchObject({
      name: 'ValidationException',
    })
  })
})
