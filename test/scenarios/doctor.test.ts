import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { processStartTime } from '#infra/local/processes.ts'
import { MAIN, openScene, vigilOnce } from './plane-process.ts'

type Scene = Awaited<ReturnType<typeof openScene>>
let scene: Scene
const undo: (() => unknown)[] = []

beforeAll(async () => {
  scene = await openScene()
})
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})
afterAll(() => scene.close())

const at = (...parts: string[]) => join(scene.home, ...parts)
const folder = (...parts: string[]) => {
  mkdirSync(at(...parts), { recursive: true })
  return at(...parts)
}

/** What the doctor says of each check, and its exit code. */
const doctor = async (extra: Record<string, string> = {}) => {
  const { stdout, stderr, exit } = await vigilOnce(scene.home, ['doctor', '--json'], extra)
  expect(stderr).toBe('')
  const { checks } = JSON.parse(stdout)
  const said = (name: string): string => {
    const { verdict, says, remedy } = checks.find(({ check }: { check: string }) => check === name)
    return `${verdict}: ${says} → ${remedy ?? ''}`
  }
  return { said, exit }
}

/** A process that only waits, with these variables and no others. */
const waiting = (env: Record<string, string>) => {
  const child = spawn('/bin/sleep', ['600'], { env, stdio: 'ignore', detached: true })
  undo.push(() => child.kill('SIGKILL'))
  return child.pid ?? 0
}

const lock = (home: string, pid: number) =>
  writeFileSync(
    join(home, 'lock'),
    JSON.stringify({ pid, startTime: processStartTime(pid) ?? '0' }),
  )

/** A folder for PATH with nothing in it but these programs. */
const programs = (name: string, scripts: Record<string, string>) => {
  const path = folder(name)
  symlinkSync(process.execPath, join(path, 'node'))
  for (const [program, script] of Object.entries(scripts)) {
    writeFileSync(join(path, program), `#!/bin/sh\n${script}\n`)
    chmodSync(join(path, program), 0o755)
  }
  return { PATH: path }
}

describe('without a plane the doctor', () => {
  test('finds nothing failed where nothing is, makes nothing, starts nothing', async () => {
    const { said, exit } = await doctor({ VIGIL_HOME: at('none') })
    expect(exit).toBe(0)
    expect(said('data folder')).toMatch(/^ok: .*not made yet/)
    expect(said('plane')).toMatch(/^ok: none runs/)
    expect(said('runs')).toMatch(/^ok: not looked at/)
    const text = await vigilOnce(scene.home, ['doctor'], { VIGIL_HOME: at('none') })
    expect(text.stdout.trim().split('\n')).toHaveLength(13)
    expect(spawnSync('ls', ['-A', at('none')]).status).not.toBe(0)
  })

  test('names a data folder that is none', async () => {
    writeFileSync(at('file'), '')
    const { said, exit } = await doctor({ VIGIL_HOME: at('file') })
    expect(said('data folder')).toMatch(/^fail: .*file is no folder/)
    expect(exit).toBe(1)
  })

  test.runIf(process.getuid?.() === 0)(
    'names one that is not writable, and a full one',
    async () => {
      chmodSync(scene.home, 0o755)
      const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, MAIN]
      const { stdout, status } = spawnSync('setpriv', [...nobody, 'doctor'], {
        env: { PATH: process.env.PATH, HOME: '/tmp', VIGIL_HOME: folder('of-root') },
        encoding: 'utf8',
      })
      expect(stdout).toMatch(/^fail data folder: .*of-root is not writable \(EACCES\)/m)
      expect(status).toBe(1)
      const path = folder('small')
      expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path]).status).toBe(0)
      undo.push(() => spawnSync('umount', [path]))
      expect((await doctor({ VIGIL_HOME: path })).said('data folder')).toMatch(/^fail: .*is full/)
    },
  )

  test('names the lock of a dead plane, and one whose holder is no plane', async () => {
    const home = folder('locked')
    const { pid } = spawnSync('true')
    lock(home, pid)
    const dead = await doctor({ VIGIL_HOME: home })
    expect(dead.said('plane')).toMatch(
      `warn: the data folder is locked by a plane that died (pid ${pid})`,
    )
    const other = waiting({})
    lock(home, other)
    const held = await doctor({ VIGIL_HOME: home })
    expect(held.said('plane')).toMatch(
      `fail: pid ${other} holds the data folder and does not answer`,
    )
    expect(held.exit).toBe(1)
  })

  test('names a table engine that does not answer, at once or never', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1')
    await new Promise((resolve) => silent.once('listening', resolve))
    undo.push(() => {
      silent.closeAllConnections()
      silent.close()
    })
    const address = silent.address()
    const port = typeof address === 'object' && address ? address.port : 0
    for (const [at, why] of [
      [9, /no connection to/],
      [port, /nothing in 3 s/],
    ] as const) {
      const endpoint = { VIGIL_DYNAMODB_ENDPOINT: `http://127.0.0.1:${at}` }
      const { said, exit } = await doctor({ VIGIL_HOME: folder('engine'), ...endpoint })
      expect(said('table engine')).toMatch(/^fail: endpoint does not answer/)
      expect(said('table engine')).toMatch(why)
      expect(exit).toBe(1)
    }
  })

  test('names git and bubblewrap where they are missing (E10)', async () => {
    const bare = await doctor({ VIGIL_HOME: folder('bare'), ...programs('no-programs', {}) })
    expect(bare.said('git')).toMatch(/^fail: git is not/)
    expect(bare.said('sandbox')).toMatch(/^warn: bubblewrap is not installed: agents run as you/)
    expect(bare.exit).toBe(1)
    const path = programs('programs', { git: 'echo git version 9', bwrap: 'exit 0' })
    const better = await doctor({ VIGIL_HOME: folder('bare'), ...path })
    expect(better.said('git')).toBe('ok: git version 9 → ')
    expect(better.said('sandbox')).toMatch(/^ok: agents run in bubblewrap/)
    const off = await doctor({ VIGIL_HOME: folder('bare'), ...path, VIGIL_SANDBOX: 'none' })
    expect(off.said('sandbox')).toMatch(/^warn: VIGIL_SANDBOX is none/)
    const broken = programs('broken', { bwrap: 'echo bwrap: no namespaces >&2; exit 1' })
    const worse = await doctor({ VIGIL_HOME: folder('bare'), ...broken })
    expect(worse.said('sandbox')).toMatch(/^warn: .*does not work here \(bwrap: no namespaces\)/)
  })

  test('names supervisors and agents whose plane is not there', async () => {
    const home = folder('left')
    const task = join(home, 'tasks', '01x')
    const supervisor = waiting({ HOME: task, VIGIL_ATTEMPT: 'run-1-t1-a1' })
    const agent = waiting({ HOME: join(task, 'work', 'home'), VIGIL_AGENT_OF: 'run-1-t1-a1' })
    const { said, exit } = await doctor({ VIGIL_HOME: home })
    for (const name of [`supervisor ${supervisor}`, `agent ${agent}`])
      expect(said('processes')).toContain(`${name} of run-1-t1-a1: its plane is not there`)
    expect(said('processes')).toMatch(/^fail: /)
    expect(exit).toBe(1)
  })

  test('names a plane whose clock is an hour behind', async () => {
    const home = folder('late')
    const plane = createServer((_, response) => {
      response.setHeader('date', new Date(Date.now() - 3_600_000).toUTCString())
      response.end('{"ok":true}')
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => plane.once('listening', resolve))
    undo.push(() => plane.close())
    const address = plane.address()
    const api = typeof address === 'object' && address ? address.port : 0
    lock(home, process.pid)
    writeFileSync(join(home, 'plane.json'), JSON.stringify({ api, aws: 9, dynamodb: 9 }))
    const { said } = await doctor({ VIGIL_HOME: home })
    expect(said('clocks')).toMatch(/^fail: the clock of the plane is 3\d\d\d\.\d s behind/)
  })
})

describe('of a plane that runs the doctor', () => {
  test('finds nothing failed; names its hung table engine, and the hung plane itself', async () => {
    await scene.up()
    const well = await doctor()
    expect(well.said('plane')).toMatch(/^ok: pid \d+ answers at http/)
    expect(well.said('table engine')).toMatch(/^ok: .*\(pid \d+\) answers/)
    expect(well.said('leases')).toMatch(/^ok: each has its run/)
    expect(well.exit).toBe(0)
    const pidOf = (file: string): number => JSON.parse(readFileSync(at('data', file), 'utf8')).pid
    const engine = pidOf('dynamodb.pid')
    process.kill(engine, 'SIGSTOP')
    undo.push(() => process.kill(engine, 'SIGCONT'))
    const stuck = await doctor()
    expect(stuck.said('table engine')).toMatch(`(pid ${engine}) does not answer`)
    expect(stuck.said('runs')).toMatch(/^fail: the plane did not answer/)
    const plane = pidOf('lock')
    process.kill(plane, 'SIGSTOP')
    undo.push(() => process.kill(plane, 'SIGCONT'))
    expect((await doctor()).said('plane')).toMatch(
      `pid ${plane} holds the data folder and does not`,
    )
  })
})
