import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findPlane, takeDataFolder } from '#infra/local/data-folder.ts'
import { processStartTime } from '#infra/local/processes.ts'

let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'vigil-folder-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const lockedBy = (pid: number, startTime: string | undefined) =>
  writeFileSync(join(home, 'lock'), JSON.stringify({ pid, startTime }))

describe('the data folder', () => {
  test('is held by one plane at a time; the second is told the pid of the first', () => {
    const folder = takeDataFolder(home)
    expect(() => takeDataFolder(home)).toThrow(`pid ${process.pid}`)
    folder.release()
    takeDataFolder(home).release()
  })

  test('goes to the next plane when the one that held it was killed', async () => {
    const dead = spawn('true')
    await once(dead, 'exit')
    lockedBy(dead.pid ?? 0, '12345')
    takeDataFolder(home).release()
  })

  test('goes to the next plane when the pid of a killed one is used by somebody else', () => {
    lockedBy(process.ppid, '1')
    takeDataFolder(home).release()
    lockedBy(process.ppid, processStartTime(process.ppid))
    expect(() => takeDataFolder(home)).toThrow(`pid ${process.ppid}`)
  })

  test('whose lock was only half written goes to the next plane', () => {
    writeFileSync(join(home, 'lock'), '{"pid":')
    takeDataFolder(home).release()
  })

  test("keeps the owner's token, readable by nobody else (A2)", () => {
    const first = takeDataFolder(home)
    first.release()
    expect(takeDataFolder(home).token).toBe(first.token)
    expect(first.token.length).toBeGreaterThanOrEqual(43)
    expect(statSync(join(home, 'token')).mode & 0o077).toBe(0)
  })

  test('of a newer format is refused and left as it is', () => {
    writeFileSync(join(home, 'version'), '2\n')
    expect(() => takeDataFolder(home)).toThrow(/newer Vigil/)
    expect(readFileSync(join(home, 'version'), 'utf8')).toBe('2\n')
  })

  test('tells where its plane answers, while there is one', () => {
    expect(findPlane(home)).toBeUndefined()
    const folder = takeDataFolder(home)
    folder.publish({ api: 1, aws: 2, dynamodb: 3 })
    expect(findPlane(home)).toEqual({ url: 'http://127.0.0.1:1', token: folder.token })
    folder.release()
    expect(findPlane(home)).toBeUndefined()
  })
})
