import { expect, test } from 'vitest'
import { openTestEngine, runToEnd, trail } from './open-test-engine.ts'
import { pass, settled, until, virtualClock } from './virtual-clock.ts'

const WAITING = `
QueryLanguage: JSONata
StartAt: Launch
States:
  Launch:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
    Arguments: { FunctionName: launch, Payload: { token: '{% $states.context.Task.Token %}' } }
    HeartbeatSeconds: 10
    TimeoutSeconds: '{% $states.input.limit %}'
    End: true
`

async function launch(limit: number) {
  const clock = virtualClock()
  let taskToken = ''
  const engine = openTestEngine({
    clock,
    machines: { m: WAITING },
    functions: {
      launch: (event) => {
        taskToken = (event as { token: string }).token
      },
    },
  })
  engine.start()
  const stateMachineArn = engine.stateMachineArn('m')
  const { executionArn } = engine.startExecution({
    stateMachineArn,
    input: JSON.stringify({ limit }),
  })
  await until(clock, () => taskToken !== '')
  await settled()
  return {
    clock,
    engine,
    taskToken,
    describe: () => engine.describeExecution({ executionArn }),
    executionArn,
  }
}

test('heartbeats keep a task alive, and the first one missed ends it', async () => {
  const { clock, engine, taskToken, describe, executionArn } = await launch(600)
  for (let beats = 0; beats < 20; beats += 1) {
    await pass(clock, 9)
    await engine.sendTaskHeartbeat({ taskToken })
  }
  await pass(clock, 9)
  expect(describe().status).toBe('RUNNING')
  await pass(clock, 1)
  expect(describe()).toMatchObject({ status: 'FAILED', error: 'States.Timeout' })
  expect(trail(engine, executionArn).slice(-2)).toEqual(['TaskTimedOut', 'ExecutionFailed'])
})

test('a timeout ends a task however lively it is', async () => {
  const { clock, engine, taskToken, describe } = await launch(30)
  for (let beats = 0; beats < 5; beats += 1) {
    await pass(clock, 5)
    await engine.sendTaskHeartbeat({ taskToken })
  }
  await pass(clock, 5)
  expect(describe()).toMatchObject({ status: 'FAILED', error: 'States.Timeout' })
  await expect(engine.sendTaskHeartbeat({ taskToken })).rejects.toMatchObject({
    name: 'TaskTimedOut',
  })
  await expect(engine.sendTaskSuccess({ taskToken, output: '1' })).rejects.toMatchObject({
    name: 'TaskTimedOut',
  })
})

test('a machine that slept gives workers a heartbeat’s time anew', async () => {
  const { clock, describe } = await launch(100_000)
  clock.jump(3_600)
  await pass(clock, 9)
  expect(describe().status).toBe('RUNNING')
  await pass(clock, 1)
  expect(describe()).toMatchObject({ status: 'FAILED', error: 'States.Timeout' })
})

test('a wait of forty days ends on its day', async () => {
  const clock = virtualClock()
  const begin = clock.now()
  const text = `{ QueryLanguage: JSONata, StartAt: W, States: { W: { Type: Wait, Seconds: 3456000, End: true } } }`
  const engine = openTestEngine({ clock, machines: { m: text } })
  engine.start()
  const { stopDate = 0, startDate } = await runToEnd(engine, clock, 'm')
  expect(stopDate - startDate).toBe(3_456_000)
  expect(clock.now() - begin).toBe(3_456_000_000)
})

test('an execution past its own limit is timed out, without error and cause', async () => {
  const clock = virtualClock()
  const text = `{ QueryLanguage: JSONata, TimeoutSeconds: 5, StartAt: W, States: { W: { Type: Wait, Seconds: 60, End: true } } }`
  const engine = openTestEngine({ clock, machines: { m: text } })
  engine.start()
  const ended = await runToEnd(engine, clock, 'm')
  expect(ended.status).toBe('TIMED_OUT')
  expect(ended).not.toHaveProperty('error')
  expect(trail(engine, ended.executionArn).at(-1)).toBe('ExecutionTimedOut')
})

test('a loop that never rests ends at the limit of events', async () => {
  const clock = virtualClock()
  const text = `{ QueryLanguage: JSONata, StartAt: A, States: { A: { Type: Pass, Next: B }, B: { Type: Pass, Next: A } } }`
  const engine = openTestEngine({ clock, machines: { m: text } })
  engine.start()
  expect(await runToEnd(engine, clock, 'm')).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
  })
})
