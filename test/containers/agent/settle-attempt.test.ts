import { gunzipSync } from 'node:zlib'
import { SendTaskFailureCommand, SendTaskSuccessCommand, TaskTimedOut } from '@aws-sdk/client-sfn'
import { expect, test } from 'vitest'
import type { Bench } from '#containers/agent/bench.ts'
import { settleFailure, settleSuccess } from '#containers/agent/settle-attempt.ts'
import { AttemptResult } from '#core/contracts/attempt-result.ts'
import { ModelUsage } from '#core/contracts/usage.ts'
import { Fault } from '#core/faults.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import { openAttemptBench } from './open-attempt-bench.ts'

const OUTCOME = {
  findings: [],
  closed: [],
  summaries: [],
  treeChanged: [],
  verification: [],
  notes: ['seen'],
}
const KEYS = attemptKeys('run-1-t2-a1')

/** A bench that is at its end, with a workflow that answers as it is told to. */
const atEnd = async (answer: () => Promise<unknown> = async () => ({})) => {
  const { bench, bucket } = await openAttemptBench({ attemptId: 'run-1-t2-a1' })
  const sent: object[] = []
  const workflows = {
    send: (command: object) => {
      sent.push(command)
      return answer()
    },
  }
  bench.observation.usage = { m: ModelUsage.parse({ usd: 0.5 }) }
  const ended = { ...bench, worker: { ...bench.worker, workflows } } as unknown as Bench
  return { bench: ended, bucket, sent }
}

test('T17: what came of an attempt is kept before the workflow is told', async () => {
  const { bench, bucket, sent } = await atEnd()
  bench.transcript.write(Buffer.from('{"type":"text","text":"ä"}\n'))
  bench.stderr.write(Buffer.from('trouble\n'))
  await settleSuccess(bench, 'token-1', OUTCOME)
  expect(await bucket.getJson(KEYS.result, AttemptResult)).toMatchObject({
    attemptId: 'run-1-t2-a1',
    nonce: 'nonce-1',
    notes: ['seen'],
    usage: { m: { usd: 0.5 } },
  })
  const transcript = (await bucket.get(KEYS.transcript)) ?? ''
  expect(gunzipSync(transcript).toString()).toBe('{"type":"text","text":"ä"}\n')
  expect(Buffer.from((await bucket.get(KEYS.stderr)) ?? '').toString()).toBe('trouble\n')
  expect(sent[0]).toBeInstanceOf(SendTaskSuccessCommand)
  expect(sent).toMatchObject([
    { input: { taskToken: 'token-1', output: '{"attemptId":"run-1-t2-a1"}' } },
  ])
})

test('T17: what there is of a failed attempt is kept, and its class told', async () => {
  const { bench, bucket, sent } = await atEnd()
  await settleFailure(bench, 'token-1', new Fault('stall.tool', 'x'.repeat(5_000)))
  expect(bucket.keys()).toEqual([KEYS.result])
  expect(sent[0]).toBeInstanceOf(SendTaskFailureCommand)
  expect(sent).toMatchObject([{ input: { error: 'stall.tool', cause: 'x'.repeat(1_000) } }])
})

test('a failure is told although nothing can be kept', async () => {
  const { bench, bucket, sent } = await atEnd()
  bucket.put = () => Promise.reject(new Error('ECONNREFUSED'))
  bucket.putJson = bucket.put
  await settleFailure(bench, 'token-1', new Fault('agent.crashed', 'exit 1'))
  expect(sent).toMatchObject([{ input: { error: 'agent.crashed', cause: 'exit 1' } }])
})

test('T8: an answer that comes too late has lost, another one that fails is thrown', async () => {
  const late = new TaskTimedOut({ message: 'Task Timed Out', $metadata: {} })
  const lost = await atEnd(() => Promise.reject(late))
  await expect(settleSuccess(lost.bench, 'token-1', OUTCOME)).resolves.toBeUndefined()
  const broken = await atEnd(() => Promise.reject(new Error('ECONNREFUSED')))
  await expect(settleSuccess(broken.bench, 'token-1', OUTCOME)).rejects.toThrow('ECONNREFUSED')
})

test('stall.finish is told before anything is kept: it may be the upload that hangs', async () => {
  const { bench, bucket, sent } = await atEnd()
  bucket.put = () => new Promise(() => undefined)
  bucket.putJson = bucket.put
  void settleFailure(bench, 'token-1', new Fault('stall.finish', 'in finishing'))
  await expect
    .poll(() => sent, { interval: 10 })
    .toMatchObject([{ input: { error: 'stall.finish' } }])
})

test('what was handed in stays when its answer was not heard', async () => {
  const { bench, bucket } = await atEnd(async () => {
    throw new Error('ECONNRESET')
  })
  await expect(settleSuccess(bench, 'token-1', OUTCOME)).rejects.toThrow('ECONNRESET')
  await settleFailure(bench, 'token-1', new Fault('worker.fenced', 'cut off')).catch(
    () => undefined,
  )
  expect(await bucket.getJson(KEYS.result, AttemptResult)).toMatchObject({ notes: ['seen'] })
})
