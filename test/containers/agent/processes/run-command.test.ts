import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { runCommand } from '#containers/agent/processes/run-command.ts'
import { makeFolder } from '#test/containers/agent/make-folder.ts'
import { processGone } from './process-gone.ts'

const NEVER = new AbortController().signal
const PATH = '/usr/bin:/bin'

/** Runs a command in a folder of its own; it may write a process id to the file "pid". */
const run = async (command: string, change: Partial<Parameters<typeof runCommand>[1]> = {}) => {
  const cwd = makeFolder()
  const pid = () => Number(readFileSync(join(cwd, 'pid'), 'utf8'))
  onTestFinished(() => {
    if (existsSync(join(cwd, 'pid'))) kill(pid())
  })
  const began = Date.now()
  const options = {
    cwd,
    env: { PATH },
    timeoutSeconds: 20,
    signal: NEVER,
    asAgent: (argv: readonly [string, ...string[]]) => argv,
    ...change,
  }
  const result = await runCommand(command, options, 300)
  return { ...result, ms: Date.now() - began, pid }
}

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone, as it should.
  }
}

describe('E2: the exit and what was said', () => {
  test.each([
    ['true', 0, ''],
    ['exit 3', 3, ''],
    ['echo out; echo err >&2', 0, 'out\nerr\n'],
    ['no-such-program', 127, /not found/],
    [': > file; ./file', 126, /denied/],
    ['echo "$0"', 0, '/bin/sh\n'],
    ['kill -9 $$', null, ''],
  ])('%s', async (command, exit, tail) => {
    const result = await run(command)
    expect(result).toMatchObject({ command, exit, timedOut: false })
    expect(result.durationMs).toBeGreaterThanOrEqual(0)
    if (typeof tail === 'string') expect(result.tail).toBe(tail)
    else expect(result.tail).toMatch(tail)
  })

  test('the last 4 KB are kept', async () => {
    const { tail } = await run('seq 1 100000; printf end')
    expect(tail).toHaveLength(4_096)
    expect(tail.endsWith('99999\n100000\nend')).toBe(true)
  })

  test('characters are whole, however they come', async () => {
    const { tail } = await run(`printf '\\342'; sleep 0.1; printf '\\202\\254'`)
    expect(tail).toBe('€')
  })
})

test('the environment is an allow-list', async () => {
  process.env.VIGIL_TEST_SECRET = 'x'
  onTestFinished(() => void delete process.env.VIGIL_TEST_SECRET)
  const { tail } = await run('env', { env: { PATH, ANSWER: '42' } })
  const names = tail
    .trim()
    .split('\n')
    .map((line) => line.split('=', 1)[0])
  expect(
    names.filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name ?? '')).sort(),
  ).toEqual(['ANSWER', 'PATH'])
})

test('stdin is closed', async () => {
  expect(await run('cat; echo over')).toMatchObject({ exit: 0, tail: 'over\n' })
})

test('it is run as the agent is', async () => {
  const asAgent = (argv: readonly [string, ...string[]]) => ['env', 'AS=agent', ...argv] as const
  expect((await run('echo $AS', { asAgent })).tail).toBe('agent\n')
})

describe('E2: a command that takes too long is killed, with all that it started', () => {
  test.each([
    ['what a shell waits for', 'sleep 60 & echo $! > pid; echo began; wait'],
    ['what holds its output', "sh -c 'echo $$ > pid; sleep 60; true'; true"],
    ['what ignores SIGTERM', 'trap "" TERM; echo $$ > pid; while :; do sleep 0.1; done'],
  ])('%s', async (_what, command) => {
    const result = await run(command, { timeoutSeconds: 0.4 })
    expect(result).toMatchObject({ exit: null, timedOut: true })
    expect(result.ms).toBeLessThan(5_000)
    await processGone(result.pid())
  })
})

test('a command is over when its shell is, and what it leaves behind is killed', async () => {
  const result = await run('sleep 60 & echo $! > pid; echo ready')
  expect(result).toMatchObject({ exit: 0, timedOut: false, tail: 'ready\n' })
  expect(result.ms).toBeLessThan(5_000)
  await processGone(result.pid())
})

test('a command is over when its shell is, although a daemon holds its output', async () => {
  const result = await run('setsid sleep 60 & echo $! > pid; echo ready')
  expect(result).toMatchObject({ exit: 0, timedOut: false, tail: 'ready\n' })
  expect(result.ms).toBeLessThan(5_000)
})

test('a command may take longer than a timer can count', async () => {
  expect(await run('sleep 0.1; echo over', { timeoutSeconds: 1e9 })).toMatchObject({ exit: 0 })
})

test('a command that cannot be started is one that is not found', async () => {
  expect(await run('true', { cwd: '/nowhere' })).toMatchObject({ exit: 127, timedOut: false })
})

test('a command ends when the attempt does', async () => {
  const end = new AbortController()
  const cwd = makeFolder()
  const running = runCommand('echo $$ > pid.part; mv pid.part pid; sleep 60; true', {
    cwd,
    env: { PATH },
    timeoutSeconds: 60,
    signal: end.signal,
    asAgent: (argv) => argv,
  })
  await expect.poll(() => existsSync(join(cwd, 'pid'))).toBe(true)
  end.abort(new Error('superseded'))
  expect(await running).toMatchObject({ exit: null, timedOut: false })
  await processGone(Number(readFileSync(join(cwd, 'pid'), 'utf8')))
})
