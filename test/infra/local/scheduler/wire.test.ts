import {
  ConflictException,
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  paginateListSchedules,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
  ValidationException,
} from '@aws-sdk/client-scheduler'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { awsEndpoint } from '#infra/local/aws-endpoint.ts'
import { listen } from '#infra/local/listen.ts'
import { CREDENTIALS, PLACE } from '#infra/local/place.ts'
import { schedulerWire } from '#infra/local/scheduler/wire.ts'
import { openTestScheduler, type TestScheduler } from './open-test-scheduler.ts'

let at: TestScheduler
let client: SchedulerClient
let closeServer: () => Promise<void>

beforeEach(async () => {
  at = openTestScheduler()
  const scheduler = at.open()
  scheduler.start()
  const { port, close } = await listen(
    awsEndpoint({
      accessKeyId: CREDENTIALS.accessKeyId,
      json: {},
      rest: { scheduler: schedulerWire(scheduler) },
      s3: async () => ({ status: 418 }),
      metadata: () => undefined,
      failed: (error) => at.failures.push(String(error)),
    }),
    0,
    true,
  )
  closeServer = close
  client = new SchedulerClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: PLACE.region,
    credentials: CREDENTIALS,
    maxAttempts: 1,
  })
})
afterEach(async () => {
  client.destroy()
  await closeServer()
  expect(at.failures).toEqual([])
  at.close()
})

const TARGET = {
  Arn: 'arn:aws:lambda:local:000000000000:function:fire',
  RoleArn: 'arn:aws:iam::000000000000:role/fire',
  Input: '{"projectId":"p","scheduledTime":"<aws.scheduler.scheduled-time>"}',
  DeadLetterConfig: { Arn: 'arn:aws:sqs:local:000000000000:dead' },
  RetryPolicy: { MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 5 },
}
const OFF = { Mode: 'OFF' } as const
const request = (Name: string, set: Partial<CreateScheduleCommandInput> = {}) => ({
  Name,
  GroupName: 'vigil',
  ScheduleExpression: 'cron(0 9 ? * MON-FRI *)',
  ScheduleExpressionTimezone: 'Europe/Berlin',
  FlexibleTimeWindow: OFF,
  Target: TARGET,
  ...set,
})
const create = (Name: string, set = {}) =>
  client.send(new CreateScheduleCommand(request(Name, set)))
const get = (Name: string, GroupName = 'vigil') =>
  client.send(new GetScheduleCommand({ Name, GroupName }))

test('a schedule is made, shown, changed and deleted', async () => {
  const StartDate = new Date('2026-01-05T00:00:00Z')
  const ScheduleArn = 'arn:aws:scheduler:local:000000000000:schedule/vigil/p-1'
  expect(await create('p-1', { StartDate, Description: 'ours' })).toMatchObject({ ScheduleArn })
  const made = await get('p-1')
  expect(made).toMatchObject({
    ...request('p-1'),
    Arn: ScheduleArn,
    StartDate,
    Description: 'ours',
    State: 'ENABLED',
    ActionAfterCompletion: 'NONE',
    CreationDate: new Date('2026-01-01T00:00:00Z'),
  })
  at.clock.jump(60)
  const window = { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 } as const
  const changed = request('p-1', {
    ScheduleExpression: 'rate(1 hour)',
    FlexibleTimeWindow: window,
    State: 'DISABLED',
  })
  expect(await client.send(new UpdateScheduleCommand(changed))).toMatchObject({ ScheduleArn })
  const after = await get('p-1')
  expect(after).toMatchObject({ ...changed, CreationDate: made.CreationDate })
  expect(after.LastModificationDate).toEqual(new Date('2026-01-01T00:01:00Z'))
  expect(after).not.toHaveProperty('StartDate')
  await client.send(new DeleteScheduleCommand({ Name: 'p-1', GroupName: 'vigil' }))
  await expect(get('p-1')).rejects.toThrow(ResourceNotFoundException)
})

test('it fires its target with the scheduled minute', async () => {
  const inputs: unknown[] = []
  at.target(({ input }) => inputs.push(input))
  await create('p-1')
  await at.minutes(60 * 24)
  expect(inputs).toEqual([{ projectId: 'p', scheduledTime: '2026-01-01T08:00:00Z' }])
})

describe('what is not there, or there already', () => {
  test('is a conflict, but for the same request again', async () => {
    await create('p-1', { ClientToken: 'token-1' })
    await expect(create('p-1', { ClientToken: 'token-1' })).resolves.toBeTruthy()
    await expect(create('p-1', { ClientToken: 'token-2' })).rejects.toThrow(ConflictException)
    await expect(create('p-1', { GroupName: 'other' })).resolves.toBeTruthy()
  })

  test('cannot be shown, changed or deleted', async () => {
    await create('p-1', { GroupName: 'default' })
    await expect(get('p-1')).rejects.toThrow(ResourceNotFoundException)
    await expect(client.send(new UpdateScheduleCommand(request('p-1')))).rejects.toThrow(
      ResourceNotFoundException,
    )
    await expect(
      client.send(new DeleteScheduleCommand({ Name: 'p-1', GroupName: 'vigil' })),
    ).rejects.toThrow(ResourceNotFoundException)
    await expect(get('p-1', 'default')).resolves.toMatchObject({ GroupName: 'default' })
  })
})

test.each<[what: string, set: object, says: RegExp]>([
  ['no expression', { ScheduleExpression: 'every day' }, /a schedule is rate\(…\) or cron\(…\)/],
  ['a wrong field', { ScheduleExpression: 'cron(0 25 * * ? *)' }, /hours "25": it takes 0 to 23/],
  ['no zone', { ScheduleExpressionTimezone: 'Mars' }, /no time zone/],
  ['no window', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }, /MaximumWindowInMinutes/],
  [
    'a window that is too wide',
    { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 1441 } },
    /MaximumWindowInMinutes/,
  ],
  ['no name', { Name: 'two words' }, /name/],
  ['no state', { State: 'PAUSED' }, /state/],
  ['no JSON as input', { Target: { ...TARGET, Input: '{' } }, /is no JSON/],
  ['what is not served', { KmsKeyArn: 'arn:aws:kms:local:0:key/1' }, /KmsKeyArn/],
  ['what is not served either', { ActionAfterCompletion: 'DELETE' }, /ActionAfterCompletion/],
])('%s is refused with its reason', async (_, set, says) => {
  await expect(create('p-1', set)).rejects.toThrow(ValidationException)
  await expect(create('p-1', set)).rejects.toThrow(says)
})

test('schedules are listed by group, beginning of name and state, page by page', async () => {
  for (const name of ['b-2', 'a-1', 'b-1', 'b-3']) await create(name)
  await create('b-4', { State: 'DISABLED' })
  await create('b-5', { GroupName: 'other' })
  const list = async (asked: object) => {
    const { Schedules = [] } = await client.send(new ListSchedulesCommand(asked))
    return Schedules.map(({ GroupName, Name }) => `${GroupName}/${Name}`)
  }
  expect(await list({})).toEqual([
    'other/b-5',
    'vigil/a-1',
    'vigil/b-1',
    'vigil/b-2',
    'vigil/b-3',
    'vigil/b-4',
  ])
  expect(await list({ GroupName: 'vigil', NamePrefix: 'b-', State: 'ENABLED' })).toEqual([
    'vigil/b-1',
    'vigil/b-2',
    'vigil/b-3',
  ])
  const names: (string | undefined)[] = []
  for await (const { Schedules = [] } of paginateListSchedules({ client, pageSize: 2 }, {}))
    names.push(...Schedules.map(({ Name }) => Name))
  expect(names).toEqual(['b-5', 'a-1', 'b-1', 'b-2', 'b-3', 'b-4'])
})
