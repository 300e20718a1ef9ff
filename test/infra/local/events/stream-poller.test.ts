import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTestStream, type TestStream } from './open-test-stream.ts'

const names = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => `item-${String(from + n).padStart(4, '0')}`)

let stream: TestStream
beforeEach(async () => {
  stream = await openTestStream()
})
afterEach(() => stream.close())

describe('records', () => {
  test('are handed over all, in order, once', async () => {
    await stream.write(...names(1, 130))
    const poller = stream.follow()
    await stream.write(...names(131, 150))
    await expect.poll(() => poller.handled.length).toBe(150)
    expect(poller.handled).toEqual(names(1, 150))
    expect(stream.failures).toEqual([])
  })

  test('are handed over from where the poller before left off', async () => {
    const first = stream.follow()
    await stream.write(...names(1, 5))
    await expect.poll(() => first.handled.length).toBe(5)
    await first.stop()
    await stream.write(...names(6, 8))
    const second = stream.follow()
    await expect.poll(() => second.handled.length).toBe(3)
    expect(second.handled).toEqual(names(6, 8))
  })

  test('are handed over again when the plane was killed before it wrote that they were handled', async () => {
    await stream.write(...names(1, 3))
    const handled = `${stream.checkpoints}.handled`
    const program = join(import.meta.dirname, 'poller-that-dies.ts')
    const plane = spawn(
      process.execPath,
      [program, stream.engine.endpoint, stream.checkpoints, handled],
      {
        stdio: 'ignore',
      },
    )
    expect(await once(plane, 'exit')).toEqual([null, 'SIGKILL'])
    expect(readFileSync(handled, 'utf8')).toContain('item-0003')
    const poller = stream.follow()
    await expect.poll(() => poller.handled).toEqual(names(1, 3))
  })

  test.each(['', '{"a', '[1]', '{"shard":1}'])(
    'are handed over from the beginning when the checkpoints say %j',
    async (text) => {
      writeFileSync(stream.checkpoints, text)
      await stream.write(...names(1, 2))
      const poller = stream.follow()
      await expect.poll(() => poller.handled).toEqual(names(1, 2))
    },
  )

  test('of a table that was made again are handed over from its own beginning', async () => {
    const first = stream.follow()
    await stream.write(...names(1, 5))
    await expect.poll(() => first.handled.length).toBe(5)
    await first.stop()
    await stream.recreate()
    await stream.write(...names(11, 13))
    const second = stream.follow()
    await expect.poll(() => second.handled).toEqual(expect.arrayContaining(names(11, 13)))
    expect(second.handled.slice(-3)).toEqual(names(11, 13))
  })

  test('that come after a failure of the handler come after what failed', async () => {
    let refusals = 2
    const poller = stream.follow(() => {
      refusals -= 1
      if (refusals >= 0) throw new Error('busy')
    })
    await stream.write(...names(1, 4))
    await expect.poll(() => poller.handled).toEqual(names(1, 4))
    expect(stream.failures).toHaveLength(2)
  })

  test('go on to come when the engine was killed', { timeout: 60_000 }, async () => {
    const poller = stream.follow()
    await stream.write(...names(1, 3))
    await expect.poll(() => poller.handled.length).toBe(3)
    process.kill(stream.engine.process?.pid ?? 0, 'SIGKILL')
    const written = async () => {
      await stream.write('after')
      return true
    }
    await expect.poll(() => written().catch(() => false), { timeout: 30_000 }).toBe(true)
    await expect.poll(() => poller.handled.at(-1), { timeout: 10_000 }).toBe('after')
  })
})

describe('a poller', () => {
  test('that has nothing to do asks about five times a second', async () => {
    const poller = stream.follow()
    await stream.write('x')
    await expect.poll(() => poller.handled.length).toBe(1)
    const before = poller.requests.length
    await sleep(1_000)
    const asked = poller.requests.slice(before)
    expect(asked.length).toBeLessThanOrEqual(6)
    expect(new Set(asked)).toEqual(new Set(['GetRecordsCommand']))
  })

  test('hands over what is new within a second', async () => {
    const poller = stream.follow()
    await stream.write('first')
    await expect.poll(() => poller.handled.length).toBe(1)
    const wrote = performance.now()
    await stream.write('second')
    await expect.poll(() => poller.handled.length, { interval: 5 }).toBe(2)
    expect(performance.now() - wrote).toBeLessThan(1_000)
  })

  test('stops at once when it has nothing to do', async () => {
    await stream.write('x')
    const took: number[] = []
    for (let round = 0; round < 5; round += 1) {
      const poller = stream.follow()
      await expect.poll(() => poller.requests.filter(isRead).length).toBeGreaterThan(1)
      const asked = performance.now()
      await poller.stop()
      took.push(performance.now() - asked)
    }
    expect(Math.min(...took)).toBeLessThan(50)
    expect(stream.failures).toEqual([])
  })

  test('waits for what is being handled', async () => {
    let end = () => {}
    const poller = stream.follow(
      () =>
        new Promise<void>((resolve) => {
          end = resolve
        }),
    )
    await stream.write('x')
    await expect.poll(() => String(end)).not.toBe('() => {}')
    let stopped = false
    const stopping = poller.stop().then(() => {
      stopped = true
    })
    await sleep(20)
    expect(stopped).toBe(false)
    end()
    await stopping
  })

  test('does not wait for its pause after failures', async () => {
    const poller = stream.follow(() => {
      throw new Error('down')
    })
    await stream.write('x')
    // The pauses are 200, 400, 800, 1600 ms.
    await expect.poll(() => stream.failures.length, { timeout: 10_000 }).toBeGreaterThan(3)
    const asked = performance.now()
    await poller.stop()
    expect(performance.now() - asked).toBeLessThan(1_000)
  })
})

const isRead = (command: string): boolean => command === 'GetRecordsCommand'
