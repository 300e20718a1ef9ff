import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import { CREDENTIALS, PLACE } from '#infra/local/place.ts'

/** What the table holds at the end: a line for each item, without times, ids and what beats left. */
export const finalStore = async (home: string, attemptsCount: boolean): Promise<string[]> => {
  const { dynamodb } = JSON.parse(readFileSync(join(home, 'plane.json'), 'utf8'))
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: `http://127.0.0.1:${dynamodb}`,
      region: PLACE.region,
      credentials: CREDENTIALS,
    }),
  )
  const items: Record<string, unknown>[] = []
  for await (const page of paginateScan({ client }, { TableName: 'Vigil' }))
    items.push(...(page.Items ?? []))
  const counted = items
    .filter(({ pk }) => !String(pk).startsWith('token#'))
    .filter((item) => attemptsCount || !isOfAttempt(item))
  return counted.map((item) => lineOf(item, attemptsCount)).sort()
}

/** Attributes that tell when, where and how fast, and not what. */
const VOLATILE = [
  ...['acts', 'beatAt', 'beats', 'stage', 'stageSince', 'claim', 'taskArn', 'taskEnd', 'taskToken'],
  ...['durationMs', 'pid', 'live', 'nonce', 'taskDefinition', 'token', 'checkpoint'],
]

/** What another attempt changes, besides the attempts and their events themselves. */
const OF_ATTEMPTS = [
  'attempts',
  'attemptId',
  'failures',
  'fencingToken',
  'sequence',
  'number',
  'sk',
]

const isOfAttempt = ({ sk, kind }: Record<string, unknown>): boolean =>
  String(sk).startsWith('attempt#') || /^(attempt|verification)\./.test(String(kind))

const lineOf = (item: Record<string, unknown>, attemptsCount: boolean): string => {
  const left = attemptsCount ? VOLATILE : [...VOLATILE, ...OF_ATTEMPTS]
  const text = JSON.stringify(sorted(item), (key, value) => {
    if (left.includes(key)) return undefined
    if (key === 'from' && String(item.kind).startsWith('attempt.')) return undefined
    return value instanceof Set ? [...value] : value
  })
  return text
    .replace(/\b(run|plan|cycle|fire)-[0-9a-z]{26}/g, '$1-ID')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/day#\d{4}-\d\d-\d\d/g, 'day#DATE')
    .replace(/[0-9a-f]{40}/g, 'COMMIT')
    .replace(/"expiresAt":\d+/g, '"expiresAt":0')
    .replace(/vigil-crash-\w+/g, 'FOLDER')
    .replace(/checkpoint-\d+/g, 'checkpoint')
    .replace(attemptsCount ? /$^/ : /-a\d+/g, '-aN')
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null || value instanceof Set) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
