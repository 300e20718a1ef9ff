import {
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb'
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Write } from '#functions/store/table.ts'
import { openTestStore, type TestStore } from './open-test-store.ts'

let scene: TestStore
beforeAll(async () => {
  scene = await openTestStore()
})
afterAll(() => scene.close())

const put = (sk: string, extra = {}): Write => ({
  Put: {
    TableName: 'Vigil',
    Item: { pk: 'transact', sk, ...extra },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
})
const has = async (sk: string) =>
  (await scene.store.table.read({ pk: 'transact', sk })) !== undefined
const transact = (writes: Write[]) => scene.store.table.transact(writes)

describe('a transaction', () => {
  test('is written whole or not at all', async () => {
    expect(await transact([put('a'), put('b')])).toBe(true)
    expect(await transact([put('c'), put('a')])).toBe(false)
    expect([await has('a'), await has('b'), await has('c')]).toEqual([true, true, false])
  })

  test('says of each of its writes whether it was why', async () => {
    await transact([put('there')])
    const sent = scene.store.table.client.send(
      new TransactWriteCommand({ TransactItems: [put('new'), put('there'), put('newer')] }),
    )
    await expect(sent).rejects.toThrow(TransactionCanceledException)
    const reasons = await sent.catch((error) => error.CancellationReasons)
    expect(reasons.map(({ Code }: { Code: string }) => Code)).toEqual([
      'None',
      'ConditionalCheckFailed',
      'None',
    ])
  })

  test('has at most 100 writes, and 100 go', async () => {
    const many = (count: number, name: string) =>
      Array.from({ length: count }, (_, n) => put(`${name}-${n}`))
    expect(await transact(many(100, 'hundred'))).toBe(true)
    expect(await has('hundred-99')).toBe(true)
    await expect(transact(many(101, 'more'))).rejects.toMatchObject({ name: 'ValidationException' })
    expect(await has('more-0')).toBe(false)
  })

  test('that is sent again under its token is written once', async () => {
    const twice = {
      ClientRequestToken: 'the-same-token',
      TransactItems: [
        {
          Update: {
            TableName: 'Vigil',
            Key: { pk: 'transact', sk: 'counter' },
            UpdateExpression: 'ADD n :one',
            ExpressionAttributeValues: { ':one': 1 },
          },
        },
      ],
    }
    const { client } = scene.store.table
    await client.send(new TransactWriteCommand(twice))
    await client.send(new TransactWriteCommand(twice))
    expect(await scene.store.table.read({ pk: 'transact', sk: 'counter' })).toMatchObject({ n: 1 })
    await expect(
      client.send(new TransactWriteCommand({ ...twice, TransactItems: [put('other')] })),
    ).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' })
  })

  test('is lost to nobody when it fails for more than a race', async () => {
    const huge = put('huge', { body: 'x'.repeat(500_000) })
    await expect(transact([huge])).rejects.toThrow()
    expect(await has('huge')).toBe(false)
  })
})

/** The first answer is lost on its way, and what is sent again goes under another token. */
const loseAnAnswer = () => {
  const { middlewareStack } = scene.store.table.client
  let requests = 0
  middlewareStack.add(
    (next) => async (args) => {
      requests += 1
      const request = args.request as { body: Uint8Array | string }
      if (requests === 2 && typeof request.body !== 'string')
        request.body = new TextDecoder()
          .decode(request.body)
          .replace(/("ClientRequestToken":")../, '$1zz')
      const answer = await next(args)
      if (requests > 1) return answer
      throw Object.assign(new Error('lost'), { code: 'ECONNRESET' })
    },
    { step: 'finalizeRequest', name: 'loseAnAnswer', priority: 'low', override: true },
  )
  return () => {
    middlewareStack.remove('loseAnAnswer')
    return requests
  }
}

describe('a transaction whose answer is lost, sent again to an engine that forgot its token', () => {
  test('is known by what it created', async () => {
    const restore = loseAnAnswer()
    expect(await transact([put('lost-1', { a: [1, { b: undefined }] }), put('lost-2')])).toBe(true)
    // Two to write, two to read what is there.
    expect(restore()).toBe(4)
  })

  test('is no excuse for what somebody else created', async () => {
    await transact([put('lost-3', { by: 'them' })])
    const restore = loseAnAnswer()
    expect(await transact([put('lost-3', { by: 'us' })])).toBe(false)
    restore()
  })

  test('is a lost race where it created nothing that could tell', async () => {
    const { runs } = scene.store
    const run = scene.aRun()
    await scene.write(runs.create(run.id, run))
    const restore = loseAnAnswer()
    const change = runs.change(run.id, { set: { sequence: 1 }, when: { sequence: 0 } })
    expect(await transact([change])).toBe(false)
    restore()
    expect(await runs.get(run.id)).toMatchObject({ sequence: 1 })
  })
})

/** Answers of a service that no engine gives on one machine: the first request gets them. */
const failOnce = (error: Error) => {
  let left = 1
  scene.store.table.client.middlewareStack.add(
    (next) => async (args) => {
      left -= 1
      if (left >= 0) throw error
      return next(args)
    },
    { step: 'build', name: 'failOnce', override: true },
  )
  return () => void scene.store.table.client.middlewareStack.remove('failOnce')
}
const base = { $metadata: {}, message: 'Transaction is ongoing for the item' }

describe('a conflict with a transaction under way', () => {
  test('is a lost race for a transaction', async () => {
    const restore = failOnce(
      new TransactionCanceledException({
        ...base,
        CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
      }),
    )
    expect(await transact([put('d'), put('e')])).toBe(false)
    restore()
  })

  test.each(['ThrottlingError', 'ItemCollectionSizeLimitExceeded', 'ValidationError'])(
    'is told from a transaction that was cancelled for %s',
    async (Code) => {
      const restore = failOnce(
        new TransactionCanceledException({
          ...base,
          CancellationReasons: [{ Code: 'ConditionalCheckFailed' }, { Code }],
        }),
      )
      await expect(transact([put('f'), put('g')])).rejects.toThrow(TransactionCanceledException)
      restore()
    },
  )

  test('is tried again by a single write (S4)', async () => {
    const { runs } = scene.store
    const run = scene.aRun()
    await scene.write(runs.create(run.id, run))
    const restore = failOnce(new TransactionConflictException(base))
    expect(await runs.update(run.id, { set: { actor: 'in the end' } })).toBe(true)
    restore()
    expect(await runs.get(run.id)).toMatchObject({ actor: 'in the end' })
  })
})
