import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { handOver } from '#infra/local/events/hand-over.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-hand-over-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const record = (n: number): StreamRecord => ({ dynamodb: { SequenceNumber: String(n) } })
const records = (count: number) => Array.from({ length: count }, (_, n) => record(n + 1))
const numbersOf = (given: unknown[]) =>
  (given as StreamRecord[]).map(({ dynamodb }) => Number(dynamodb?.SequenceNumber))

/** Hands records over to something that takes no batch in which one of `poison` is. */
const hand = async (
  count: number,
  fails: (numbers: number[], call: number) => boolean,
  stopAfter = Number.POSITIVE_INFINITY,
) => {
  const stopping = new AbortController()
  const deadLetters = join(folder, 'dead.jsonl')
  rmSync(deadLetters, { force: true })
  const calls: number[][] = []
  const handled: number[] = []
  const taken: number[] = []
  const pauses: number[] = []
  const handle = async ({ Records }: { Records: unknown[] }) => {
    const numbers = numbersOf(Records)
    calls.push(numbers)
    if (calls.length >= stopAfter) stopping.abort()
    if (fails(numbers, calls.length)) throw new Error('refused')
    handled.push(...numbers)
  }
  await handOver(
    {
      handle,
      deadLetters,
      failed: () => undefined,
      pause: async (ms) => void pauses.push(ms),
      signal: stopping.signal,
    },
    records(count),
    async (last) => void taken.push(...numbersOf([last])),
  )
  const lines = existsSync(deadLetters) ? readFileSync(deadLetters, 'utf8').trim().split('\n') : []
  return { calls, handled, taken, pauses, dead: numbersOf(lines.map((line) => JSON.parse(line))) }
}

test('a batch that is taken is taken whole', async () => {
  expect(await hand(5, () => false)).toMatchObject({
    calls: [[1, 2, 3, 4, 5]],
    taken: [5],
    dead: [],
    pauses: [],
  })
})

test('a batch that fails once is handed over again', async () => {
  const { calls, taken } = await hand(3, (_, call) => call === 1)
  expect(calls).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ])
  expect(taken).toEqual([3])
})

test('a record that fails for over a minute is put aside, and the others are handled', async () => {
  const { handled, taken, dead, pauses, calls } = await hand(4, (numbers) => numbers.includes(2))
  expect(handled).toEqual([1, 3, 4])
  expect(dead).toEqual([2])
  expect(taken).toEqual([1, 2, 4])
  expect(calls.filter((numbers) => numbers.length === 1 && numbers[0] === 2)).toHaveLength(10)
  expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(60_000)
})

test('whichever records are refused, all others are handled, in order, and the end is reached', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.integer({ min: 1, max: 20 })),
      async (count, given) => {
        const poison = new Set(given.filter((n) => n <= count))
        const { handled, dead, taken } = await hand(count, (numbers) =>
          numbers.some((n) => poison.has(n)),
        )
        const all = Array.from({ length: count }, (_, n) => n + 1)
        expect(handled).toEqual(all.filter((n) => !poison.has(n)))
        expect(dead).toEqual(all.filter((n) => poison.has(n)))
        expect(taken.at(-1)).toBe(count)
      },
    ),
    { numRuns: 50 },
  )
})

test('what is stopped in between is not taken for handled', async () => {
  const { taken, dead } = await hand(4, () => true, 3)
  expect([taken, dead]).toEqual([[], []])
})
