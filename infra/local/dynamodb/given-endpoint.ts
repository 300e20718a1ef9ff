import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { CREDENTIALS, PLACE } from '#infra/local/place.ts'
import { PlaneError } from '#infra/local/plane-error.ts'

/** Throws a PlaneError unless a table engine answers there. */
export const checkEndpoint = async (endpoint: string): Promise<void> => {
  const client = new DynamoDBClient({
    endpoint,
    region: PLACE.region,
    credentials: CREDENTIALS,
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: PATIENCE_MS,
      requestTimeout: PATIENCE_MS,
      throwOnRequestTimeout: true,
    },
  })
  try {
    const { TableNames } = await client.send(new ListTablesCommand({ Limit: 1 }))
    if (!TableNames) throw new Error('no list of tables')
  } catch (error) {
    throw new PlaneError(`VIGIL_DYNAMODB_ENDPOINT: ${whatIsWrong(endpoint, error)}`)
  } finally {
    client.destroy()
  }
}

const PATIENCE_MS = 5_000

const whatIsWrong = (endpoint: string, error: unknown): string => {
  if (!(error instanceof Error)) return `${endpoint} failed: ${String(error)}`
  const code = 'code' in error ? String(error.code) : error.name
  if (UNREACHABLE.includes(code)) return `no table engine answers at ${endpoint} (${code})`
  if (error.name === 'SyntaxError' || error.name === 'UnknownError' || error.name === 'Error')
    return `what answers at ${endpoint} is no DynamoDB`
  return `${endpoint} refuses: ${error.name}: ${error.message}`
}

const UNREACHABLE = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EPROTO',
  'ETIMEDOUT',
  'TimeoutError',
]
