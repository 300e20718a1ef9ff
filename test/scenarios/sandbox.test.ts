import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openScene, vigilOnce } from './plane-process.ts'

/** Why the sandbox cannot be tried on this machine; undefined where it can. */
const missing =
  spawnSync('bwrap', ['--ro-bind', '/', '/', '--unshare-pid', 'true']).status === 0
    ? undefined
    : 'bubblewrap does not work here: apt-get install bubblewrap'

type Scene = Awaited<ReturnType<typeof openScene>>
let scene: Scene

const SECRETS = {
  '.ssh/id_ed25519': 'SECRET-SSH',
  '.aws/credentials': 'SECRET-AWS',
  '.git-credentials': 'https://bot:SECRET-GIT@github.com',
}

beforeAll(async () => {
  scene = await openScene()
  for (const [name, secret] of Object.entries(SECRETS)) {
    mkdirSync(join(scene.home, name, '..'), { recursive: true })
    writeFileSync(join(scene.home, name), secret)
  }
  execFileSync('git', ['init', '--quiet', '--bare', join(scene.home, 'remote.git')])
})
afterAll(() => scene.close())

/** Runs the spying agent; answers all that it said. */
const spy = async (extra: Record<string, string>): Promise<string> => {
  const config = join(scene.home, 'vigil.yaml')
  writeFileSync(config, `variables: { SPY_HOME: ${scene.home} }\n`)
  const agent = `command:${resolve('test/fixtures/agents/spies.sh')}`
  const args = ['run', '--repo', scene.repo, '--agent', agent, '--config', config, '--json']
  const { stdout, stderr } = await vigilOnce(
    scene.home,
    [...args, '--force', 'cooldown', '--force', 'dormant'],
    {
      PLANE_SECRET: 'SECRET-ENV',
      ...extra,
    },
  )
  const { run } = JSON.parse(stdout || '{}')
  const files = globSync(join(scene.home, 'data/s3/**', `${run}*`, 'transcript.jsonl.gz'))
  expect(files, stderr).not.toEqual([])
  // What the local S3 keeps behind an object is no part of it.
  return files.map((file) => spawnSync('zcat', [file], { encoding: 'utf8' }).stdout).join('\n')
}

const pushed = () => execFileSync('git', ['-C', join(scene.home, 'remote.git'), 'for-each-ref'])

describe.skipIf(missing)(`A7: an agent in the sandbox${missing ? ` (${missing})` : ''}`, () => {
  test('gets at no credential, no token, no process and no remote, whatever it tries', async () => {
    const said = await spy({ VIGIL_SANDBOX: 'bubblewrap' })
    expect(said).toContain('15 tries')
    const token = readFileSync(join(scene.home, 'data/token'), 'utf8').trim()
    for (const secret of ['SECRET-', token]) expect(said).not.toContain(secret)
    expect(pushed().toString()).toBe('')
    expect(existsSync(join(scene.home, 'spied'))).toBe(false)
  })

  test('leaves nothing running, not even what nobody could know for its own (T5)', async () => {
    const agent = join(scene.home, 'leaves.sh')
    const stray = `env -i setsid sh -c 'cd /; exec sleep 61234' > /dev/null 2>&1 &\nsleep 0.3`
    writeFileSync(agent, `#!/bin/sh\n${stray}\n`, { mode: 0o755 })
    const args = ['run', '--repo', scene.repo, '--agent', `command:${agent}`, '--json']
    const forced = [...args, '--force', 'cooldown', '--force', 'dormant']
    const { stdout } = await vigilOnce(scene.home, forced, { VIGIL_SANDBOX: 'bubblewrap' })
    expect(JSON.parse(stdout)).toMatchObject({ reason: 'agent.no_completion' })
    expect(spawnSync('pgrep', ['-f', 'sleep 61234']).stdout.toString()).toBe('')
  })
})

test('the same agent without a sandbox finds some of it: the spy can see', async () => {
  const said = await spy({ VIGIL_SANDBOX: 'none' })
  for (const secret of ['SECRET-SSH', 'SECRET-AWS', 'SECRET-GIT']) expect(said).toContain(secret)
})

test('an agent of a model is refused where nothing stands around it, unless it is allowed', async () => {
  const args = ['run', '--repo', scene.repo, '--agent', 'claude', '--json']
  const forced = [...args, '--force', 'cooldown', '--force', 'dormant']
  const { stdout, exit } = await vigilOnce(scene.home, forced, { VIGIL_SANDBOX: 'none' })
  expect(exit).toBe(3)
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'blocked', reason: 'agent.config' })
})
