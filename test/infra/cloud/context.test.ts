import { App } from 'aws-cdk-lib'
import { expect, test } from 'vitest'
import { readContext } from '#infra/cloud/context.ts'
import { scratch } from './scratch.ts'
import { flat, synth } from './synth.ts'

const read = (context: Record<string, unknown>) =>
  readContext(new App({ context, outdir: scratch() }).node)

test('everything has a default', () => {
  expect(read({})).toEqual({
    runsAtOnce: 20,
    taskCpu: 1024,
    taskMemoryMiB: 4096,
    taskDiskGiB: 50,
    logDays: 30,
  })
})

test('the command line gives text', () => {
  const images = { janitor: 'a', command: 'b', claude: 'c' }
  const given = { 'vigil:taskCpu': '2048', 'vigil:images': JSON.stringify(images) }
  expect(read(given)).toMatchObject({ taskCpu: 2048, images })
})

test('keys of others are left alone', () => {
  expect(() => read({ 'other:key': 1, '@aws-cdk/core:something': true })).not.toThrow()
})

test.for([
  ['vigil:runsAtOnce', 'many'],
  ['vigil:runsAtOnce', 0],
  ['vigil:taskCpu', 1000],
  ['vigil:taskDiskGiB', 10],
  ['vigil:logDays', 31],
  ['vigil:images', '{'],
  ['vigil:images', { janitor: 'only' }],
  ['vigil:runsAtOnec', 20],
] as const)('%s = %s is refused by its name', ([key, value]) => {
  expect(() => read({ [key]: value })).toThrow(new RegExp(`^context: ${key}`))
})

test('given images are pulled, not built', () => {
  const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/vigil/claude:1'
  const images = { janitor: 'public.ecr.aws/x/janitor:1', command: 'docker.io/x:1', claude: ecr }
  const { all } = synth({ 'vigil:images': images })
  expect(all('AWS::CodeBuild::Project')).toEqual([])
  expect(all('Custom::Images')).toEqual([])
  const [, policy] = all('AWS::IAM::Policy').find(([id]) => id.startsWith('TaskExecution')) ?? []
  const pull = policy?.Properties.PolicyDocument.Statement.find(({ Action }: { Action: unknown }) =>
    JSON.stringify(Action).includes('ecr:BatchGetImage'),
  )
  expect(flat(pull.Resource)).toBe(
    'arn:<AWS::Partition>:ecr:eu-west-1:123456789012:repository/vigil/claude',
  )
})
