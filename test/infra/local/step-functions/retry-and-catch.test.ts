import { expect, test } from 'vitest'
import { openTestEngine, runToEnd } from './open-test-engine.ts'
import { virtualClock } from './virtual-clock.ts'

function machine(fields: object) {
  const Work = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: {
      FunctionName: 'work',
      Payload: { tries: '{% $states.context.State.RetryCount %}' },
    },
    Output: '{% $states.result.Payload %}',
    ...fields,
    End: true,
  }
  const Caught = { Type: 'Pass', Output: { caught: '{% $states.input %}' }, End: true }
  const States = 'Catch' in fields ? { Work, Caught } : { Work }
  return JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Work', States })
}

function named(name: string): Error {
  return Object.assign(new Error('of the test'), { name })
}

async function run(fields: object, work: (event: { tries: number }) => unknown, random = 0.5) {
  const clock = virtualClock()
  const begin = clock.now()
  const times: number[] = []
  const engine = openTestEngine({
    machines: { m: machine(fields) },
    clock,
    random: () => random,
    functions: {
      work: (event) => {
        times.push((clock.now() - begin) / 1000)
        return work(event as { tries: number })
      },
    },
  })
  engine.start()
  const { status, output, error } = await runToEnd(engine, clock, 'm')
  await engine.close()
  return { status, output: output && JSON.parse(output), error, times }
}

const fails = () => {
  throw named('work.lost')
}

test.each([
  ['one second, doubling, three times', {}, [0, 1, 3, 7]],
  ['as often as MaxAttempts says', { MaxAttempts: 1 }, [0, 1]],
  ['never for MaxAttempts 0', { MaxAttempts: 0 }, [0]],
  [
    'after IntervalSeconds times BackoffRate',
    { IntervalSeconds: 2, BackoffRate: 3 },
    [0, 2, 8, 26],
  ],
  ['never later than MaxDelaySeconds', { IntervalSeconds: 4, MaxDelaySeconds: 5 }, [0, 4, 9, 14]],
  [
    'at random with full jitter',
    { IntervalSeconds: 8, JitterStrategy: 'FULL', MaxAttempts: 2 },
    [0, 4, 12],
  ],
])('a failed task is tried again: %s', async (_, retrier, times) => {
  const ended = await run({ Retry: [{ ErrorEquals: ['work.lost'], ...retrier }] }, fails)
  expect(ended).toMatchObject({ status: 'FAILED', error: 'work.lost', times })
})

test('each retrier counts for itself, and the context counts all tries', async () => {
  const seen: number[] = []
  const ended = await run(
    {
      Retry: [
        { ErrorEquals: ['a'], MaxAttempts: 1 },
        { ErrorEquals: ['States.ALL'], MaxAttempts: 2 },
      ],
    },
    ({ tries }) => {
      seen.push(tries)
      if (tries < 3) throw named(tries === 1 ? 'b' : tries === 0 ? 'a' : 'c')
      return 'done'
    },
  )
  expect(ended).toMatchObject({ status: 'SUCCEEDED', output: 'done' })
  expect(seen).toEqual([0, 1, 2, 3])
})

test('a retrier that is spent hands over to Catch, not to the next retrier', async () => {
  const Retry = [{ ErrorEquals: ['work.lost'], MaxAttempts: 1 }, { ErrorEquals: ['States.ALL'] }]
  const ended = await run({ Retry, Catch: [{ ErrorEquals: ['work.lost'], Next: 'Caught' }] }, fails)
  expect(ended.times).toEqual([0, 1])
  expect(ended.output).toEqual({
    caught: { Error: 'work.lost', Cause: '{"errorType":"work.lost","errorMessage":"of the test"}' },
  })
})

const never = () => new Promise(() => {})

test.each([
  ['its own name', ['work.lost'], fails, true],
  ['States.ALL', ['States.ALL'], fails, true],
  ['States.TaskFailed', ['States.TaskFailed'], fails, true],
  ['another name', ['work.found'], fails, false],
  ['States.Timeout on a timeout', ['States.Timeout'], never, true],
  ['States.TaskFailed on a timeout', ['States.TaskFailed'], never, false],
  ['States.ALL on a timeout', ['States.ALL'], never, true],
])('a failure answers to %s', async (_, ErrorEquals, work, caught) => {
  const ended = await run({ TimeoutSeconds: 5, Catch: [{ ErrorEquals, Next: 'Caught' }] }, work)
  expect(ended.status).toBe(caught ? 'SUCCEEDED' : 'FAILED')
})

test('a missed heartbeat answers to States.Timeout and to States.HeartbeatTimeout', async () => {
  for (const name of ['States.Timeout', 'States.HeartbeatTimeout']) {
    const Catch = [{ ErrorEquals: [name], Next: 'Caught', Output: '{% $states.errorOutput %}' }]
    const ended = await run({ HeartbeatSeconds: 5, Catch }, never)
    expect(ended.output).toEqual({ caught: { Error: 'States.Timeout', Cause: '' } })
  }
})

test('an expression that fails can be caught in a Task', async () => {
  const Catch = [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Caught' }]
  const ended = await run({ Output: '{% $states.result.Gone %}', Catch }, () => 1)
  expect(ended.output.caught.Error).toBe('States.QueryEvaluationError')
})

test('an expression that fails while catching fails the execution', async () => {
  const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Caught', Output: '{% $gone %}' }]
  const ended = await run({ Retry: [], Catch }, fails)
  expect(ended).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' })
})
