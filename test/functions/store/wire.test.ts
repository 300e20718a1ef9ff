import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENGINE, openTestStore, type TestStore } from './open-test-store.ts'
import { EXPRESSIONS } from './probes/expressions.ts'
import { QUERIES } from './probes/queries.ts'
import { TRANSACTIONS } from './probes/transactions.ts'
import { VALUES } from './probes/values.ts'

const PROBES = [...EXPRESSIONS, ...VALUES, ...QUERIES, ...TRANSACTIONS]

let scene: TestStore
beforeAll(async () => {
  scene = await openTestStore()
})
afterAll(() => scene.close())

describe(`${ENGINE} answers as DynamoDB does, but where that is known`, () => {
  test.each(PROBES)('$asks', async ({ ask, aws, differs }) => {
    const expected = differs && ENGINE in differs ? differs[ENGINE] : aws
    const outcome = await ask(scene.dynamodb).then(
      (answer) =>
        typeof answer === 'object' && answer && '$metadata' in answer ? 'answered' : answer,
      (error) => error.name,
    )
    expect(outcome).toEqual(expected)
  })
})
