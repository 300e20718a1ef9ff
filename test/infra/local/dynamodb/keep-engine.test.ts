import { spawn } from 'node:child_process'
import { afterEach, expect, test } from 'vitest'
import type { KnownProcess } from '#infra/local/dynamodb/engine-process.ts'
import { keepEngine } from '#infra/local/dynamodb/keep-engine.ts'
import { isAlive, processStartTime } from '#infra/local/processes.ts'

const started: KnownProcess[] = []
afterEach(() => {
  for (const { pid } of started.splice(0).filter(isAlive)) process.kill(pid, 'SIGKILL')
})

const newProcess = (): KnownProcess => {
  const { pid = 0 } = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'])
  const known = { pid, startTime: processStartTime(pid) ?? '' }
  started.push(known)
  return known
}
const kill = ({ pid }: KnownProcess) => process.kill(pid, 'SIGKILL')

test('an engine that dies is started again, as often as it dies', async () => {
  const first = newProcess()
  const { stop } = keepEngine(first, async () => newProcess())
  kill(first)
  await expect.poll(() => started.length).toBe(2)
  kill(started[1] ?? first)
  await expect.poll(() => started.length).toBe(3)
  await stop()
  expect(started.filter(isAlive)).toEqual([])
})

test('an engine that does not start is tried less and less often', async () => {
  const first = newProcess()
  const tries: number[] = []
  const { stop } = keepEngine(first, async () => {
    tries.push(performance.now())
    throw new Error('no room')
  })
  kill(first)
  await expect.poll(() => tries.length, { timeout: 10_000 }).toBeGreaterThan(3)
  const [a = 0, b = 0, c = 0, d = 0] = tries
  expect(b - a).toBeGreaterThanOrEqual(95)
  expect(c - b).toBeGreaterThanOrEqual(195)
  expect(d - c).toBeGreaterThanOrEqual(395)
  await stop()
})

test('an engine that is stopped stays so', async () => {
  const first = newProcess()
  const { stop } = keepEngine(first, async () => newProcess())
  await stop()
  expect(isAlive(first)).toBe(false)
  expect(started).toHaveLength(1)
})
