import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isAlive, processWith } from '#infra/local/processes.ts'
import { openScene, WAITS } from './scene.ts'

let scene: ReturnType<typeof openScene>

beforeEach(() => {
  scene = openScene()
})
afterEach(() => scene.remove())

const STOPPED = ({ lastStatus, reported }: { lastStatus: string; reported: boolean }) =>
  lastStatus === 'STOPPED' && reported

describe('the local ECS', () => {
  test('the same client token is the same task, also after a restart (T10)', async () => {
    const first = scene.open(WAITS)
    first.define()
    const arn = await first.run({ clientToken: 'attempt-1' })
    expect(await first.run({ clientToken: 'attempt-1' })).toBe(arn)
    expect(await first.run({ clientToken: 'attempt-2' })).not.toBe(arn)
    await first.close()
    const second = scene.open(WAITS)
    expect(await second.run({ clientToken: 'attempt-1' })).toBe(arn)
    await second.close()
  })

  test('a task has the variables of its definition, its secrets and its overrides, and no others', async () => {
    const ecs = scene.open(['/bin/sh', '-c', 'env > said'], {
      KEY: 'secret',
      OTHER: 'not asked for',
    })
    ecs.define()
    const arn = await ecs.run({
      overrides: {
        containerOverrides: [{ environment: [{ name: 'VIGIL_MORE', value: 'override' }] }],
      },
    })
    await ecs.until(arn, STOPPED)
    const folder = join(scene.folder, 'tasks', arn.slice(arn.lastIndexOf('/') + 1))
    const said = readFileSync(join(folder, 'said'), 'utf8')
    for (const line of ['FROM=definition', 'KEY=secret', 'VIGIL_MORE=override'])
      expect(said).toContain(line)
    expect(said).not.toContain('not asked for')
    await ecs.close()
  })

  test.each([
    ['exit code', 'exit 7', 7],
    ['signal', 'kill -9 $$', 137],
  ])(
    'how a task ended is told once, by its %s, with a version that grew (T9)',
    async (_, script, code) => {
      const ecs = scene.open(['/bin/sh', '-c', script])
      ecs.define()
      const arn = await ecs.run()
      expect(await ecs.until(arn, STOPPED)).toMatchObject({
        exitCode: code,
        stopCode: 'EssentialContainerExited',
      })
      const versions = scene.changes.map(({ version }) => version)
      expect(versions).toEqual([...versions].sort((a, b) => a - b))
      expect(scene.changes.filter(({ lastStatus }) => lastStatus === 'STOPPED')).toHaveLength(1)
      await ecs.close()
    },
  )

  test('what a container started goes with it, also when it detached itself', async () => {
    const script =
      'setsid sleep 600 & setsid sh -c "trap : TERM; sleep 601" & sleep 0.2; kill -9 $$'
    const ecs = scene.open(['/bin/sh', '-c', script])
    ecs.define()
    const arn = await ecs.run()
    await ecs.until(arn, STOPPED)
    expect(
      processWith(`HOME=${join(scene.folder, 'tasks', arn.slice(arn.lastIndexOf('/') + 1))}`),
    ).toBeUndefined()
    await ecs.close()
  })

  test('a stopped task gets SIGTERM, and its reason is kept', async () => {
    const ecs = scene.open(WAITS)
    ecs.define()
    const arn = await ecs.run({ startedBy: 'attempt-1' })
    await ecs.until(arn, ({ lastStatus }) => lastStatus === 'RUNNING')
    await new Promise((resolve) => setTimeout(resolve, 100))
    await ecs.call('StopTask', { task: arn, reason: 'superseded' })
    expect(await ecs.until(arn, STOPPED)).toMatchObject({
      stopCode: 'UserInitiated',
      stoppedReason: 'superseded',
    })
    await ecs.close()
  })

  test('tasks are listed and described; one that nobody knows is MISSING', async () => {
    const ecs = scene.open(WAITS)
    const definition = ecs.define()
    const arn = await ecs.run({ startedBy: 'attempt-1' })
    expect((await ecs.call('ListTasks', { startedBy: 'attempt-1' })).body).toEqual({
      taskArns: [arn],
    })
    expect((await ecs.call('ListTasks', { startedBy: 'attempt-2' })).body).toEqual({ taskArns: [] })
    const { body } = await ecs.call('DescribeTasks', { tasks: [arn, 'arn:nobody'] })
    expect(body).toMatchObject({
      tasks: [{ taskArn: arn, taskDefinitionArn: definition }],
      failures: [{ arn: 'arn:nobody', reason: 'MISSING' }],
    })
    await ecs.close()
  })

  test.each([
    ['RunTask', { taskDefinition: 'unheard-of' }, 'ClientException'],
    ['StopTask', { task: 'arn:nobody' }, 'InvalidParameterException'],
    ['DescribeTaskDefinition', { taskDefinition: 'unheard-of' }, 'ClientException'],
    ['RunTask', { taskDefinition: 3 }, 'InvalidParameterException'],
    ['CreateService', {}, 'UnknownOperationException'],
  ])('%s with %o is refused as %s', async (operation, body, type) => {
    const ecs = scene.open(WAITS)
    expect(await ecs.call(operation, body)).toMatchObject({ status: 400, body: { __type: type } })
    await ecs.close()
  })

  test('task definitions get revisions, found by ARN, revision and family', async () => {
    const ecs = scene.open(WAITS)
    const [first, second] = [ecs.define(), ecs.define()]
    for (const [name, arn] of [
      ['agent', second],
      ['agent:1', first],
      [first, first],
    ] as const)
      expect(
        (await ecs.call('DescribeTaskDefinition', { taskDefinition: name })).body,
      ).toMatchObject({
        taskDefinition: { taskDefinitionArn: arn },
      })
    await ecs.close()
  })
})

describe('the local ECS after its plane died', () => {
  test('a live task is adopted, and its end is told', async () => {
    const first = scene.open(WAITS)
    first.define()
    const arn = await first.run()
    const { process: known } = await first.until(arn, ({ lastStatus }) => lastStatus === 'RUNNING')
    const before = scene.changes.length
    const second = scene.open(WAITS)
    second.adopt()
    expect(second.task(arn)?.lastStatus).toBe('RUNNING')
    expect(scene.changes.length).toBe(before)
    process.kill(known?.pid ?? 0, 'SIGKILL')
    expect(await second.until(arn, STOPPED)).toMatchObject({ stopCode: 'EssentialContainerExited' })
    await second.close()
  })

  test('a task that died meanwhile is reported; one whose end was not told is told again', async () => {
    const first = scene.open(WAITS)
    first.define()
    const [gone, untold] = [await first.run(), await first.run()]
    for (const arn of [gone, untold]) {
      const { process: known } = await first.until(arn, (task) => task.process !== undefined)
      process.kill(known?.pid ?? 0, 'SIGKILL')
      await first.until(arn, STOPPED)
    }
    const { store } = first.engine
    const dead = store.task(gone)
    const quiet = store.task(untold)
    if (dead) store.save({ ...dead, lastStatus: 'RUNNING', reported: false })
    if (quiet) store.save({ ...quiet, reported: false })
    scene.changes.length = 0
    const second = scene.open(WAITS)
    second.adopt()
    await second.until(gone, STOPPED)
    await second.until(untold, STOPPED)
    expect(scene.changes.map(({ taskArn }) => taskArn).sort()).toEqual([gone, untold].sort())
    await second.close()
  })

  test('a pid that is used again by somebody else is not taken for the task', async () => {
    const first = scene.open(WAITS)
    first.define()
    const arn = await first.run()
    const running = await first.until(arn, (task) => task.process !== undefined)
    process.kill(running.process?.pid ?? 0, 'SIGKILL')
    await first.until(arn, STOPPED)
    const other = { pid: process.pid, startTime: '1' }
    expect(isAlive(other)).toBe(false)
    first.engine.store.save({ ...running, process: other })
    const second = scene.open(WAITS)
    second.adopt()
    await second.until(arn, STOPPED)
    await second.close()
  })

  test('a process whose pid was never written down is found by its environment', async () => {
    const first = scene.open(WAITS)
    first.define()
    const arn = await first.run()
    const running = await first.until(arn, (task) => task.process !== undefined)
    const { process: known, ...unwritten } = running
    first.engine.store.save({ ...unwritten, lastStatus: 'PROVISIONING' })
    const second = scene.open(WAITS)
    second.adopt()
    expect(second.task(arn)?.process).toEqual(known)
    await second.close()
  })
})
