import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { LocalSettings, readSettings } from '#core/settings.ts'
import { createTable } from '#infra/local/dynamodb/create-table.ts'
import { openTableEngine, type TableEngine } from '#infra/local/dynamodb/open-table-engine.ts'
import { listen } from '#infra/local/listen.ts'
import { CREDENTIALS } from '#infra/local/place.ts'
import { isAlive } from '#infra/local/processes.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const closer of closers.splice(0).reverse()) await closer()
})

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-table-'))
  closers.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
const open = async (folder: string, port?: number, env: NodeJS.ProcessEnv = {}) => {
  const engine = await openTableEngine(folder, port, readSettings(LocalSettings, env))
  closers.push(() => engine.stop())
  return engine
}
/** What a plane left behind that was killed. */
const killedPlane = async (folder: string) => {
  const program = join(import.meta.dirname, 'plane-that-dies.ts')
  const plane = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [text] = await once(plane.stdout, 'data')
  plane.kill('SIGKILL')
  await once(plane, 'exit')
  return Left.parse(JSON.parse(String(text)))
}
const Left = z.object({
  endpoint: z.string(),
  process: z.object({ pid: z.number(), startTime: z.string() }),
})

const clientOf = ({ endpoint }: Pick<TableEngine, 'endpoint'>) =>
  new DynamoDBClient({ endpoint, region: 'local', credentials: CREDENTIALS })
const tablesOf = async (engine: Pick<TableEngine, 'endpoint'>) =>
  (await clientOf(engine).send(new ListTablesCommand({}))).TableNames
const portOf = ({ endpoint }: Pick<TableEngine, 'endpoint'>) => Number(new URL(endpoint).port)

describe('the embedded engine', () => {
  test('keeps its port and its table over a restart', async () => {
    const folder = newFolder()
    const first = await open(folder)
    await createTable(clientOf(first), 'Kept')
    await first.stop()
    expect(first.process && isAlive(first.process)).toBe(false)
    const second = await open(folder, portOf(first))
    expect(second.endpoint).toBe(first.endpoint)
    expect(await tablesOf(second)).toEqual(['Kept'])
  })

  test('takes another port where its own is taken', async () => {
    const { port, close } = await listen(() => undefined, 0, true)
    closers.push(close)
    const engine = await open(newFolder(), port)
    expect(portOf(engine)).not.toBe(port)
    expect(await tablesOf(engine)).toEqual([])
  })

  test.each<[left: string, leave: (pidFile: string) => void]>([
    ['was written down', () => undefined],
    ['was not written down yet', (pidFile) => rmSync(pidFile)],
    ['was half written down', (pidFile) => writeFileSync(pidFile, '{"pid":')],
  ])('is ended when it outlived its plane and %s', async (_, leave) => {
    const folder = newFolder()
    const first = await killedPlane(folder)
    expect(isAlive(first.process)).toBe(true)
    await createTable(clientOf(first), 'Kept')
    leave(join(folder, 'dynamodb.pid'))
    const second = await open(folder, portOf(first))
    expect(isAlive(first.process)).toBe(false)
    expect(second.endpoint).toBe(first.endpoint)
    expect(await tablesOf(second)).toEqual(['Kept'])
    expect(JSON.parse(readFileSync(join(folder, 'dynamodb.pid'), 'utf8'))).toEqual(second.process)
  })

  test('is started again on its port when it dies, with its table', async () => {
    const engine = await open(newFolder())
    await createTable(clientOf(engine), 'Kept')
    process.kill(engine.process?.pid ?? 0, 'SIGKILL')
    await expect.poll(() => tablesOf(engine).catch(() => []), { timeout: 5_000 }).toEqual(['Kept'])
  })

  test('leaves the engine of another data folder alone', async () => {
    const other = await open(newFolder())
    await open(newFolder())
    expect(other.process && isAlive(other.process)).toBe(true)
  })

  test('says why it stopped when its file is no table', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'dynamodb.db'), 'no database, but a long enough text to be read')
    await expect(open(folder)).rejects.toThrow(
      /^the table engine dynoxide stopped at its start: .*; see .*dynamodb\.log$/,
    )
  })
})

test('DynamoDB Local without a Java runtime says what to install', async () => {
  vi.stubEnv('PATH', newFolder())
  vi.stubEnv('JAVA_HOME', undefined)
  await expect(
    open(newFolder(), undefined, { VIGIL_TABLE_ENGINE: 'dynamodb-local' }),
  ).rejects.toThrow(/DynamoDB Local cannot be started .*ENOENT.*: install a Java runtime, 17/)
})

describe('a given endpoint', () => {
  const given = (endpoint: string) =>
    open(newFolder(), undefined, { VIGIL_DYNAMODB_ENDPOINT: endpoint })

  test('is used as it is, and stays when the plane goes', async () => {
    const engine = await open(newFolder())
    const same = await given(engine.endpoint)
    expect(same).toMatchObject({ endpoint: engine.endpoint, process: undefined })
    await same.stop()
    expect(await tablesOf(engine)).toEqual([])
  })

  test('where nothing answers is named', async () => {
    const { port, close } = await listen(() => undefined, 0, true)
    await close()
    await expect(given(`http://127.0.0.1:${port}`)).rejects.toThrow(
      `VIGIL_DYNAMODB_ENDPOINT: no table engine answers at http://127.0.0.1:${port} (ECONNREFUSED)`,
    )
  })

  test.each([
    [200, 'text/html', '<html>Welcome</html>', /is no DynamoDB$/],
    [404, 'text/html', '<html>Not found</html>', /is no DynamoDB$/],
    [200, 'application/json', '{"hello":"world"}', /is no DynamoDB$/],
    [
      400,
      'application/x-amz-json-1.0',
      '{"__type":"com.amazonaws#UnrecognizedClientException","message":"The security token is invalid."}',
      /refuses: UnrecognizedClientException: The security token is invalid\.$/,
    ],
  ])('that answers %i %s %s is named', async (status, type, body, says) => {
    const server = createServer((_, response) => {
      response.writeHead(status, { 'content-type': type })
      response.end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => server.close())
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    await expect(given(`http://127.0.0.1:${port}`)).rejects.toThrow(says)
  })
})
