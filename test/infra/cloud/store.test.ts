import { expect, test } from 'vitest'
import { attemptKeys, planKey, runKeys } from '#functions/store/keys.ts'
import { INDEXES } from '#functions/store/table.ts'
import { EXPIRING } from '#infra/cloud/artifact-bucket.ts'
import { TABLE_SCHEMA } from '#infra/table-schema.ts'
import { flat, synth } from './synth.ts'

const { all, only } = synth()
const table = only('AWS::DynamoDB::Table')
const bucket = only('AWS::S3::Bucket')
const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
]

test('the schema has the indexes that the store asks for', () => {
  const partitions = Object.entries(TABLE_SCHEMA.indexes).map(([name, { partition }]) => [
    name,
    partition,
  ])
  expect(Object.fromEntries(partitions)).toEqual(INDEXES)
})

test('the deployed table is the schema', () => {
  const { key, indexes, expires, stream } = TABLE_SCHEMA
  expect(table.Properties.KeySchema).toEqual(keys(key.partition, key.sort))
  expect(table.Properties.GlobalSecondaryIndexes).toEqual(
    Object.entries(indexes).map(([IndexName, { partition, sort }]) => ({
      IndexName,
      KeySchema: keys(partition, sort),
      Projection: { ProjectionType: 'ALL' },
    })),
  )
  expect(table.Properties.TimeToLiveSpecification).toEqual({
    AttributeName: expires,
    Enabled: true,
  })
  expect(table.Properties.StreamSpecification).toEqual({ StreamViewType: stream })
  for (const { AttributeType } of table.Properties.AttributeDefinitions)
    expect(AttributeType).toBe('S')
})

test('the table is paid by request and can be restored to any second', () => {
  expect(table.Properties.BillingMode).toBe('PAY_PER_REQUEST')
  expect(table.Properties.PointInTimeRecoverySpecification).toEqual({
    PointInTimeRecoveryEnabled: true,
  })
})

test('the table outlives the stack under a name that can be adopted', () => {
  expect(table.DeletionPolicy).toBe('RetainExceptOnCreate')
  expect(table.UpdateReplacePolicy).toBe('Retain')
  expect(table.Properties.TableName).toBe('Vigil')
})

test('a task reads and writes items of runs only: no token, no project, no lease', () => {
  const [, policy] = all('AWS::IAM::Policy').find(([id]) => id.startsWith('TaskTaskRole')) ?? []
  const onItems = policy?.Properties.PolicyDocument.Statement.filter(
    ({ Action }: { Action: unknown }) => JSON.stringify(Action).includes('dynamodb:'),
  )
  expect(onItems).toHaveLength(1)
  expect(onItems[0].Condition).toEqual({
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['run#*'] },
  })
})

test('the bucket is private and encrypted', () => {
  expect(bucket.Properties.PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  })
  expect(JSON.stringify(bucket.Properties.BucketEncryption)).toContain('"SSEAlgorithm":"AES256"')
})

test('the bucket outlives the stack under a name that can be adopted', () => {
  expect(bucket.DeletionPolicy).toBe('RetainExceptOnCreate')
  expect(bucket.UpdateReplacePolicy).toBe('Retain')
  expect(flat(bucket.Properties.BucketName)).toBe('vigil-<AWS::AccountId>-<AWS::Region>')
})

test('what a cycle, a plan or a report needs never goes by itself (C7)', () => {
  const { request, result, base, checkpoint } = attemptKeys('run-1-t1-a1')
  const { reportMarkdown, reportJson } = runKeys('run-1')
  const needed = [request, result, base, checkpoint(1), planKey('p'), reportMarkdown, reportJson]
  const rules: { Prefix?: string; ExpirationInDays?: number }[] =
    bucket.Properties.LifecycleConfiguration.Rules
  const expiring = rules.filter(({ ExpirationInDays }) => ExpirationInDays !== undefined)
  expect(expiring.map(({ Prefix }) => Prefix)).toEqual(Object.keys(EXPIRING))
  for (const key of needed)
    for (const { Prefix } of expiring) expect(key.startsWith(Prefix ?? '')).toBe(false)
})

test('a task reaches what attempts leave behind, and no plan or report', () => {
  const [, policy] = all('AWS::IAM::Policy').find(([id]) => id.startsWith('TaskTaskRole')) ?? []
  const objects = policy?.Properties.PolicyDocument.Statement.find(
    ({ Action }: { Action: unknown }) => JSON.stringify(Action).includes('s3:GetObject'),
  )
  const allowed: string[] = objects.Resource.map((one: unknown) => flat(one).split('>')[1])
  const reaches = (key: string) => allowed.some((one) => `/${key}`.startsWith(one.slice(0, -1)))
  const { checkpoint, ...keys } = attemptKeys('run-1-t1-a1')
  for (const key of [...Object.values(keys), checkpoint(1)]) expect(reaches(key), key).toBe(true)
  expect(reaches(planKey('p'))).toBe(false)
  expect(reaches(runKeys('run-1').reportJson)).toBe(false)
})
