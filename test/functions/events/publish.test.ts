import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publish } from '#functions/events/publish.ts'
import { openScene, type Scene } from '#test/functions/scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

const record = (sk: string, eventName = 'INSERT') => ({
  eventName,
  dynamodb: {
    Keys: { pk: { S: 'run#run-1' }, sk: { S: sk } },
    NewImage: {
      pk: { S: 'run#run-1' },
      sk: { S: sk },
      runId: { S: 'run-1' },
      sequence: { N: '1' },
      at: { S: '2026-01-31T12:00:00.000Z' },
      actor: { S: 'test' },
      kind: { S: 'run.started' },
    },
  },
})

describe('publish', () => {
  test('sends every new state event to the bus, and nothing else (M2)', async () => {
    const Records = [
      ...Array.from({ length: 23 }, () => record('event#00000001')),
      record('turn#0001'),
      record('event#00000001', 'REMOVE'),
    ]
    expect(await publish(scene.world)({ Records })).toEqual({ published: 23 })
  })
})
