import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { LocalSettings, readSettings } from '#core/settings.ts'
import {
  chooseEngine,
  type EngineChoice,
  engineFacts,
} from '#infra/local/dynamodb/choose-engine.ts'
import { PlaneError } from '#infra/local/plane-error.ts'
import { processWith } from '#infra/local/processes.ts'
import { fail, type Judgement, ok, warn } from './diagnosis.ts'
import type { Scene } from './scene.ts'

/** What is known of the table engine. */
export interface EngineFacts {
  readonly planeRuns: boolean
  /** The engine that keeps the table; why there is none. */
  readonly choice: EngineChoice | { readonly missing: string }
  /** Where it was asked, and what came of it; undefined where there is nothing to ask. */
  readonly asked: { readonly endpoint: string; readonly failure: string | undefined } | undefined
  /** Process of an engine on the data folder. */
  readonly pid: number | undefined
}

/** Whether the table can be had. */
export const judgeEngine = ({ planeRuns, choice, asked, pid }: EngineFacts): Judgement => {
  if ('missing' in choice) return fail(choice.missing, 'Install one, or name one that runs.')
  const who = pid === undefined ? '' : ` (pid ${pid})`
  if (asked?.failure !== undefined)
    return fail(
      `${choice.engine}${who} does not answer: ${asked.failure}`,
      choice.engine === 'endpoint'
        ? 'Start it, or correct VIGIL_DYNAMODB_ENDPOINT.'
        : `See dynamodb.log in the data folder; the plane starts it again when it is gone${pid === undefined ? '' : `: kill ${pid}`}`,
    )
  if (asked) return ok(`${choice.engine}${who} answers at ${asked.endpoint}`)
  if (!planeRuns && pid !== undefined)
    return warn(
      `${choice.engine}${who} has outlived its plane`,
      'The next plane ends it: vigil up --until-idle',
    )
  return ok(`${choice.engine}; it starts with a plane`)
}

/** Asks the engine of the plane that runs, or the given one. */
export const probeEngine = async ({ home, holder, environment }: Scene): Promise<EngineFacts> => {
  const planeRuns = holder.held === 'alive'
  const choice = choiceOf(home, environment)
  const port = planeRuns ? portOf(home) : undefined
  const own = port === undefined ? undefined : `http://127.0.0.1:${port}`
  const endpoint = 'endpoint' in choice ? choice.endpoint : own
  return {
    planeRuns,
    choice,
    pid: processWith(`VIGIL_TABLE_OF=${home}`),
    asked: endpoint === undefined ? undefined : { endpoint, failure: await failureOf(endpoint) },
  }
}

const choiceOf = (home: string, environment: NodeJS.ProcessEnv): EngineFacts['choice'] => {
  try {
    return chooseEngine(readSettings(LocalSettings, environment), engineFacts(home))
  } catch (error) {
    if (error instanceof PlaneError) return { missing: error.message }
    throw error
  }
}

const portOf = (home: string): number | undefined => {
  try {
    const text = readFileSync(join(home, 'plane.json'), 'utf8')
    return z.object({ dynamodb: z.number() }).parse(JSON.parse(text)).dynamodb
  } catch {
    return undefined
  }
}

/** Why a table engine does not answer a request for its tables; undefined where it does. */
const failureOf = async (endpoint: string): Promise<string | undefined> => {
  try {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: LIST_TABLES,
      body: '{"Limit":1}',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const body = z.record(z.string(), z.unknown()).safeParse(await answer.json().catch(() => null))
    const known = body.data && ('TableNames' in body.data || '__type' in body.data)
    return known ? undefined : 'what answers there is no DynamoDB'
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError'
      ? `nothing in ${PATIENCE_MS / 1000} s`
      : `no connection to ${endpoint}`
  }
}

const PATIENCE_MS = 3_000

/** Whoever it is signed by: an engine that refuses it has answered, too. */
const LIST_TABLES = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'DynamoDB_20120810.ListTables',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
}
