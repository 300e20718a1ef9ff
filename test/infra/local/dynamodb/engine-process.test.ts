import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { endEnginesOf, startEngine } from '#infra/local/dynamodb/engine-process.ts'
import { freePort } from '#infra/local/listen.ts'
import { PlaneError } from '#infra/local/plane-error.ts'
import { isAlive, processWith } from '#infra/local/processes.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-engine-'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await endEnginesOf(folder)
  rmSync(folder, { recursive: true, force: true })
})

/** An engine that is a few lines of JavaScript. */
const start = async (code: string, startMs?: number, program = process.execPath) =>
  startEngine(
    { name: 'tiny', program, args: ['-e', code], missing: 'mend it' },
    {
      folder,
      port: await freePort(),
      log: join(folder, 'engine.log'),
      ...(startMs !== undefined && { startMs }),
    },
  )

test.each([
  ['console.error("starting"); console.error("Error: no room"); process.exit(3)', /Error: no room/],
  ['console.log("first"); console.log("last words"); process.exit(0)', /last words/],
  ['process.exit(1)', /stopped at its start: see .*engine\.log/],
])('an engine that dies at its start tells by its log: %s', async (code, says) => {
  writeFileSync(join(folder, 'engine.log'), 'Error: of an earlier start\n')
  const dying = start(code)
  await expect(dying).rejects.toThrow(PlaneError)
  await expect(dying).rejects.toThrow(says)
  await expect(dying).rejects.not.toThrow(/earlier/)
})

test('an engine that never answers is ended and told', async () => {
  await expect(start('console.log("thinking"); setInterval(() => 0, 1000)', 200)).rejects.toThrow(
    /did not answer in 0\.2 s: .*see/,
  )
  expect(processWith(`VIGIL_TABLE_OF=${folder}`)).toBeUndefined()
})

test('a program that is not there is told with what to do', async () => {
  await expect(start('', undefined, join(folder, 'nothing'))).rejects.toThrow(
    /tiny cannot be started .*ENOENT.*: mend it$/,
  )
})

test('an engine that ignores SIGTERM is killed', { timeout: 10_000 }, async () => {
  const port = await freePort()
  const known = await startEngine(
    {
      name: 'stubborn',
      program: process.execPath,
      args: [
        '-e',
        `process.on('SIGTERM', () => 0); require('http').createServer((q, r) => r.end()).listen(${port}, '127.0.0.1')`,
      ],
      missing: '',
    },
    { folder, port, log: join(folder, 'engine.log') },
  )
  await endEnginesOf(folder)
  expect(isAlive(known)).toBe(false)
})

test('an engine does not get the secrets of its plane', async () => {
  vi.stubEnv('VIGIL_SECRET_FOR_TEST', 'secret')
  const told = start('console.log("Error:", Object.keys(process.env).join())')
  await expect(told).rejects.toThrow(/VIGIL_TABLE_OF/)
  await expect(told).rejects.not.toThrow(/VIGIL_SECRET/)
})
