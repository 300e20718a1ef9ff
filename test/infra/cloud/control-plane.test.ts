import { Template } from 'aws-cdk-lib/assertions'
import { AwsSolutionsChecks } from 'cdk-nag'
import { expect, test } from 'vitest'
import { flat, synth } from './synth.ts'

const synthesized = synth()
const { app, stack, all, assembly, template } = synthesized

interface Statement {
  readonly Effect: string
  readonly Action: string | string[]
  readonly Resource: unknown
  readonly Condition?: unknown
}

const list = <T>(given: T | T[]): T[] => (Array.isArray(given) ? given : [given])

const statements = all('AWS::IAM::Policy').flatMap(([id, { Properties }]) =>
  (Properties.PolicyDocument.Statement as Statement[]).map((statement) => ({ id, ...statement })),
)

test('no statement allows an action by a wildcard', () => {
  const actions = statements.flatMap(({ Action }) => list(Action))
  expect(actions.filter((action) => action.includes('*'))).toEqual([])
})

/** Actions that AWS knows no resources for, or that are used before there is one. */
const UNNARROWED = {
  'dynamodb:ListStreams': 'lists streams by no table',
  'ecr:GetAuthorizationToken': 'a login is to the registry',
  'ecs:DescribeTaskDefinition': 'AWS knows no resource for it',
  'ecs:ListTasks': 'narrowed by the condition on the cluster',
  'logs:CreateLogDelivery': 'log deliveries of Step Functions',
  'logs:DeleteLogDelivery': 'log deliveries of Step Functions',
  'logs:DescribeLogGroups': 'log deliveries of Step Functions',
  'logs:DescribeResourcePolicies': 'log deliveries of Step Functions',
  'logs:GetLogDelivery': 'log deliveries of Step Functions',
  'logs:ListLogDeliveries': 'log deliveries of Step Functions',
  'logs:PutResourcePolicy': 'log deliveries of Step Functions',
  'logs:UpdateLogDelivery': 'log deliveries of Step Functions',
  'xray:GetSamplingRules': 'traces have no resource',
  'xray:GetSamplingTargets': 'traces have no resource',
  'xray:PutTelemetryRecords': 'traces have no resource',
  'xray:PutTraceSegments': 'traces have no resource',
}

test('only what AWS cannot narrow is allowed on every resource', () => {
  const open = statements.filter(({ Resource }) => list(Resource).includes('*'))
  const actions = new Set(open.flatMap(({ Action }) => list(Action)))
  expect([...actions].sort()).toEqual(Object.keys(UNNARROWED).sort())
})

test('ListTasks is allowed on this cluster only', () => {
  const lists = statements.filter(({ Action }) => list(Action).includes('ecs:ListTasks'))
  expect(lists.length).toBeGreaterThan(0)
  for (const { Condition } of lists)
    expect(JSON.stringify(Condition)).toMatch(
      /"ArnEquals":\{"ecs:cluster":\{"Fn::GetAtt":\["Cluster/,
    )
})

test('roles are passed to tasks only, and only those of tasks', () => {
  const passes = statements.filter(({ Action }) => list(Action).includes('iam:PassRole'))
  expect(passes.length).toBe(2)
  for (const { Resource, Condition } of passes) {
    expect(list(Resource).map(flat)).toEqual([
      expect.stringMatching(/^<TaskExecutionRole/),
      expect.stringMatching(/^<TaskTaskRole/),
    ])
    expect(Condition).toEqual({
      StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
    })
  }
})

test('no role has a managed policy', () => {
  const managed = all('AWS::IAM::Role').filter(([, { Properties }]) => Properties.ManagedPolicyArns)
  expect(managed).toEqual([])
})

test('every log forgets within the time that was set', () => {
  for (const [id, { Properties }] of all('AWS::Logs::LogGroup'))
    expect(Properties.RetentionInDays, id).toBe(30)
})

test('every function, state machine and build writes to a log of this stack', () => {
  const logs = new Set(all('AWS::Logs::LogGroup').map(([id]) => id))
  for (const [id, { Properties }] of all('AWS::Lambda::Function'))
    expect(logs, id).toContain(Properties.LoggingConfig.LogGroup.Ref)
  for (const [id, { Properties }] of all('AWS::StepFunctions::StateMachine')) {
    const [{ CloudWatchLogsLogGroup }] = Properties.LoggingConfiguration.Destinations
    expect(logs, id).toContain(CloudWatchLogsLogGroup.LogGroupArn['Fn::GetAtt'][0])
  }
  const [[, project] = []] = all('AWS::CodeBuild::Project')
  expect(logs).toContain(project?.Properties.LogsConfig.CloudWatchLogs.GroupName.Ref)
})

test('resource policies open nothing to everybody', () => {
  const policies = [...all('AWS::S3::BucketPolicy'), ...all('AWS::SQS::QueuePolicy')]
  const open = policies
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .filter(
      ({ Effect, Principal }) => Effect === 'Allow' && JSON.stringify(Principal).includes('"*"'),
    )
  expect(open).toEqual([])
})

test('functions are invoked by a named source of this stack only', () => {
  expect(all('AWS::Lambda::Url')).toEqual([])
  for (const [id, { Properties }] of all('AWS::Lambda::Permission')) {
    expect(Properties.Principal, id).toMatch(/^(events|apigateway)\.amazonaws\.com$/)
    expect(flat(Properties.SourceArn), id).toMatch(/<(Events|Api|Sweep)/)
  }
})

test('every queue and bucket is encrypted and refuses plain HTTP', () => {
  const [[, queue] = []] = all('AWS::SQS::Queue')
  expect(queue?.Properties.SqsManagedSseEnabled).toBe(true)
  const policies = [...all('AWS::S3::BucketPolicy'), ...all('AWS::SQS::QueuePolicy')]
  expect(policies.length).toBe(2)
  for (const [id, { Properties }] of policies)
    expect(JSON.stringify(Properties), id).toContain('"aws:SecureTransport":"false"')
})

test('every asynchronous path ends in the dead letters', () => {
  const queue = all('AWS::SQS::Queue').map(([id]) => ({ 'Fn::GetAtt': [id, 'Arn'] }))[0]
  const targets = all('AWS::Events::Rule').flatMap(([, { Properties }]) => Properties.Targets)
  expect(targets.length).toBe(3)
  for (const { DeadLetterConfig } of targets) expect(DeadLetterConfig.Arn).toEqual(queue)
  const failures = all('AWS::Lambda::EventInvokeConfig').map(([, { Properties }]) => Properties)
  const caught = failures.map(({ FunctionName }) => FunctionName.Ref)
  for (const { Arn } of targets) expect(caught).toContain(Arn['Fn::GetAtt'][0])
  for (const { DestinationConfig } of failures)
    expect(DestinationConfig.OnFailure.Destination).toEqual(queue)
  for (const [, { Properties }] of all('AWS::Lambda::EventSourceMapping'))
    expect(Properties.DestinationConfig.OnFailure.Destination).toEqual(queue)
})

test('a deploy needs no Docker', () => {
  const { artifacts } = assembly.manifest
  expect(JSON.stringify(artifacts)).not.toContain('container-image')
  const [manifest] = assembly.artifacts.filter(({ id }) => id === 'Vigil.assets')
  const contents = (manifest as unknown as { contents: { dockerImages?: object } }).contents
  expect(Object.keys(contents.dockerImages ?? {})).toEqual([])
})

test('nothing was looked up', () => {
  expect(assembly.manifest.missing ?? []).toEqual([])
  expect(JSON.stringify(template)).not.toMatch(/dummy/)
})

test('AwsSolutions finds nothing that is not acknowledged', () => {
  expect(new AwsSolutionsChecks().validateScope(app).violations).toEqual([])
})

test('no two resources wait for each other', () => {
  expect(() => Template.fromStack(stack)).not.toThrow()
})
