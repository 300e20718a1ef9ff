import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MAIN, openScene, vigilOnce } from './plane-process.ts'

type Scene = Awaited<ReturnType<typeof openScene>>
let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

const at = (...parts: string[]) => join(scene.home, ...parts)
const folder = (name: string) => {
  mkdirSync(at(name), { recursive: true })
  return at(name)
}
const file = (name: string, text: string) => {
  writeFileSync(at(name), text)
  return at(name)
}
const initialised = (name: string) => {
  execFileSync('git', ['init', '--quiet', folder(name)])
  return at(name)
}

/** What is asked, the exit code, and what the one line on stderr says. */
const ROWS: [string, () => string[], number, RegExp][] = [
  ['no such path', () => ['--repo', '/no/such/path'], 2, /no such path: \/no\/such\/path/],
  ['a file', () => ['--repo', file('file', '')], 2, /is no folder/],
  ['not a repository', () => ['--repo', folder('plain')], 2, /no git repository.*--copy/],
  ['an empty repository', () => ['--repo', initialised('empty')], 2, /has no commit yet/],
  [
    'an unborn branch',
    () => {
      const path = initialised('unborn')
      execFileSync('git', ['checkout', '--quiet', '--orphan', 'new'], { cwd: path })
      return ['--repo', path]
    },
    2,
    /has no commit yet/,
  ],
  [
    'an unknown agent',
    () => ['--agent', 'jantor'],
    2,
    /unknown agent jantor; did you mean janitor\?/,
  ],
  [
    'an agent that is not there',
    () => ['--agent', 'command:./nobody.sh'],
    2,
    /no such agent program/,
  ],
  [
    'an agent that is not executable',
    () => [`--agent=command:${file('agent.sh', '#!/bin/sh\n')}`],
    2,
    /not executable: chmod \+x/,
  ],
  ['a gate that cannot be forced', () => ['--force', 'lease_busy'], 2, /cannot be forced/],
  ['an option that is not there', () => ['--frob'], 2, /unknown option/],
  [
    'a configuration with an unknown key',
    () => ['--config', file('unknown.yaml', 'gates:\n  cooldownMinuts: 5\n')],
    2,
    /unknown\.yaml:2: gates\.cooldownMinuts: unknown key; did you mean cooldownMinutes\?/,
  ],
  [
    'a configuration with a wrong value',
    () => ['--config', file('wrong.yaml', 'audit: true\nclocks:\n  progress: soon\n')],
    2,
    /wrong\.yaml:3: clocks\.progress: /,
  ],
  [
    'a configuration that is no YAML',
    () => ['--config', file('broken.yaml', 'gates: [\n')],
    2,
    /broken\.yaml:\d+: /,
  ],
]

describe('bad input', () => {
  test.each(ROWS)('%s is one clear line, and nothing is half made', async (_, args, exit, says) => {
    const given = args()
    const answer = await vigilOnce(scene.home, ['run', ...given])
    expect(answer.stderr).toMatch(says)
    expect(answer.stderr.trim().split('\n')).toHaveLength(1)
    expect(answer).toMatchObject({ exit, stdout: '' })
    expect(existsSync(at('data'))).toBe(false)
  })

  test('a taken port', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? String(address?.port) : ''
    const answer = await vigilOnce(scene.home, ['up', '--port', port], { VIGIL_HOME: at('port') })
    server.close()
    expect(answer.stderr).toMatch(`port ${port} is taken`)
    expect(answer.exit).toBe(1)
    expect(existsSync(at('port', 'lock'))).toBe(false)
  })

  test("a second plane on the same data folder names the first one's pid", async () => {
    await scene.up()
    const { pid } = JSON.parse(readFileSync(at('data', 'lock'), 'utf8'))
    const answer = await vigilOnce(scene.home, ['up'])
    expect(answer.stderr).toContain(`pid ${pid}`)
    expect(answer.exit).toBe(1)
  })

  test('a data folder of a newer version', async () => {
    writeFileSync(join(folder('newer'), 'version'), '99\n')
    const answer = await vigilOnce(scene.home, ['up'], { VIGIL_HOME: at('newer') })
    expect(answer.stderr).toMatch(/newer Vigil \(format 99/)
    expect(answer.exit).toBe(1)
  })

  test.runIf(process.getuid?.() === 0)('a repository that this user cannot read', async () => {
    const path = initialised('secret')
    chmodSync(path, 0o700)
    chmodSync(scene.home, 0o755)
    const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, MAIN]
    const answer = spawnSync('setpriv', [...nobody, 'run', '--repo', path], {
      env: { PATH: process.env.PATH, HOME: '/tmp', VIGIL_HOME: at('nobody') },
      encoding: 'utf8',
    })
    expect(answer.stderr).toContain(`${path} cannot be read by this user`)
    expect(answer.status).toBe(2)
  })

  test.runIf(process.getuid?.() === 0)('a full disk', async () => {
    const path = folder('small')
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path])
    expect(mounted.status, String(mounted.stderr)).toBe(0)
    try {
      const answer = await vigilOnce(scene.home, ['up'], { VIGIL_HOME: at('small') })
      expect(answer.stderr).toMatch(/the disk under .+ is full/)
      expect(answer.exit).toBe(1)
      expect(readdirSync(path)).toEqual([])
    } finally {
      execFileSync('umount', [path])
    }
  })
})
