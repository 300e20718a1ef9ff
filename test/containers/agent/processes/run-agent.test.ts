import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { boundedFile } from '#containers/agent/processes/bounded-file.ts'
import { runAgentProcess } from '#containers/agent/processes/run-agent.ts'
import type { AgentExit } from '#containers/agent/runtimes/runtime.ts'
import { makeFolder } from '#test/containers/agent/make-folder.ts'
import { processGone } from './process-gone.ts'

const PATH = '/usr/bin:/bin'
const agent = (name: string): string => resolve('test/fixtures/agents', `${name}.sh`)

/** Runs a program as an agent in a folder of its own. */
const run = async (
  argv: readonly [string, ...string[]],
  change: Partial<Parameters<typeof runAgentProcess>[1]> = {},
  commandEnv: Record<string, string> = {},
) => {
  const folder = makeFolder()
  const lines: string[] = []
  const pids: number[] = []
  const transcript = boundedFile(join(folder, 'transcript'))
  const stderr = boundedFile(join(folder, 'stderr'))
  const began = Date.now()
  const exit = await runAgentProcess(
    { argv, env: commandEnv },
    {
      cwd: folder,
      env: { PATH, HOME: folder, VIGIL_OUTBOX: folder, VIGIL_NONCE: 'n-1' },
      transcript,
      stderr,
      asAgent: (given) => given,
      onStart: (pid) => void pids.push(pid),
      onLine: (line) => void lines.push(line),
      ...change,
    },
  )
  await Promise.all([transcript.end(), stderr.end()])
  const file = (name: string) => readFileSync(join(folder, name), 'utf8')
  return { exit, lines, pids, file, folder, ms: Date.now() - began }
}
const shell = (script: string): [string, ...string[]] => ['/bin/sh', '-c', script]
const exited = (code: number): AgentExit => ({ code, signal: null })

describe('T9: how it ended', () => {
  test.each<[string, [string, ...string[]], AgentExit]>([
    ['done', shell('exit 0'), exited(0)],
    ['a code', shell('exit 78'), exited(78)],
    ['a signal', shell('kill -TERM $$'), { code: null, signal: 'SIGTERM' }],
    ['killed at its start', [agent('dies')], { code: null, signal: 'SIGKILL' }],
    ['not there', ['/nowhere/agent'], exited(127)],
    ['not in the path', ['no-such-agent'], exited(127)],
    ['with more words than a program can take', ['echo', 'x'.repeat(200_000)], exited(126)],
  ])('%s', async (_how, argv, exit) => {
    expect((await run(argv)).exit).toEqual(exit)
  })

  test('not to be run', async () => {
    const program = join(makeFolder(), 'agent')
    writeFileSync(program, '#!/bin/sh\n')
    chmodSync(program, 0o644)
    expect((await run([program])).exit).toEqual(exited(126))
  })
})

test('every line of stdout is handed over and kept, stderr is kept aside', async () => {
  const { lines, file } = await run(shell('echo one; echo two >&2; echo; printf three'))
  expect(lines).toEqual(['one', '', 'three'])
  expect(file('transcript')).toBe('one\n\nthree')
  expect(file('stderr')).toBe('two\n')
})

test('T19: stdin is closed', async () => {
  expect((await run(shell('cat; echo over'))).lines).toEqual(['over'])
})

test('the environment is what is given, and nothing of our own', async () => {
  process.env.VIGIL_TEST_SECRET = 'x'
  onTestFinished(() => void delete process.env.VIGIL_TEST_SECRET)
  const { lines } = await run(['env'], { env: { PATH, A: '1' } }, { A: '2', B: '3' })
  expect(lines.sort()).toEqual(['A=2', 'B=3', `PATH=${PATH}`])
})

test('it leads a process group of its own, which is told as it starts', async () => {
  const { lines, pids } = await run(shell('echo $$; ps -o pgid= -p $$'))
  expect(pids).toHaveLength(1)
  expect(lines.map(Number)).toEqual([pids[0], pids[0]])
})

test('it is started as the agent', async () => {
  const asAgent = (argv: readonly [string, ...string[]]) => ['env', 'AS=agent', ...argv] as const
  expect((await run(shell('echo $AS'), { asAgent })).lines).toEqual(['agent'])
})

test('T17: a flood fills neither memory nor disk, and the last word is heard', async () => {
  const heard = new Map<string, number>()
  let longest = 0
  const { exit, folder } = await run([agent('floods')], {
    onLine: (line) => {
      longest = Math.max(longest, line.length)
      heard.set(line.slice(0, 40), (heard.get(line.slice(0, 40)) ?? 0) + 1)
    },
  })
  expect(exit).toEqual(exited(0))
  expect(heard.get('{"type":"text","text":"the end"}')).toBe(1)
  expect(longest).toBe(1_048_576)
  const kept = readFileSync(join(folder, 'transcript'), 'latin1')
  expect(kept).toMatch(/\n\[\d+ bytes left out\]\n/)
  expect(kept.length / 1024 ** 2).toBeCloseTo(50, 0)
  expect(kept.trimEnd().slice(-60)).toContain('the end')
  expect(statSync(join(folder, 'stderr')).size).toBe(1_000_000)
})

test('T5: it is over when its process is, although a descendant holds its output', async () => {
  const { exit, lines, file, ms } = await run([agent('forks')])
  const detached = Number(file('detached'))
  onTestFinished(() => void process.kill(detached, 'SIGKILL'))
  expect(exit).toEqual(exited(0))
  expect(lines).toEqual(['{"type":"text","text":"I leave something running."}'])
  expect(ms).toBeLessThan(5_000)
})

test('T17: what cannot be kept does not stop the agent', async () => {
  const { exit, lines } = await run(shell('echo one; echo two >&2'), {
    transcript: boundedFile('/nowhere/transcript'),
    stderr: boundedFile('/nowhere/stderr'),
  })
  expect(exit).toEqual(exited(0))
  expect(lines).toEqual(['one'])
})

test('an agent that ignores SIGTERM ends when its group is killed', async () => {
  let group = 0
  const { exit } = await run([agent('hangs')], {
    onStart: (pid) => {
      group = pid
    },
    onLine: () => void process.kill(-group, 'SIGKILL'),
  })
  expect(exit).toEqual({ code: null, signal: 'SIGKILL' })
  await processGone(group)
})
