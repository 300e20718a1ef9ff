import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { giveSlot, slotsTaken, takeSlot } from '#functions/store/slots.ts'
import { openTestStore, type TestStore } from './open-test-store.ts'

const LIMIT = 20
const runs = Array.from({ length: 50 }, (_, n) => `run-${n}`)

let scene: TestStore
beforeAll(async () => {
  scene = await openTestStore()
})
beforeEach(async () => {
  for (const run of runs) await give(run)
})
afterAll(() => scene.close())

const take = (run: string, limit = LIMIT) =>
  scene.store.table.transact([takeSlot(scene.store.table, run, limit)])
const give = (run: string) => scene.store.table.transact([giveSlot(scene.store.table, run)])
const taken = () => slotsTaken(scene.store.table)

test('no slot is taken at first, and giving one back that nobody has is no error', async () => {
  expect(await taken()).toBe(0)
  expect(await give('run-1')).toBe(true)
  expect(await taken()).toBe(0)
})

test('taking twice is once, and so is giving back', async () => {
  expect([await take('run-1'), await take('run-1'), await take('run-2')]).toEqual([
    true,
    true,
    true,
  ])
  expect(await taken()).toBe(2)
  expect([await give('run-1'), await give('run-1')]).toEqual([true, true])
  expect(await taken()).toBe(1)
})

test('who holds a slot may take it again when all are taken', async () => {
  expect([await take('run-1', 1), await take('run-2', 1), await take('run-1', 1)]).toEqual([
    true,
    false,
    true,
  ])
})

test('of fifty who race for twenty slots, twenty get one', { timeout: 60_000 }, async () => {
  const insist = async (run: string) => {
    for (;;) {
      if (await take(run)) return true
      if ((await taken()) >= LIMIT) return false
      await sleep(Math.random() * 20)
    }
  }
  const got = await Promise.all(runs.map(insist))
  expect(got.filter(Boolean)).toHaveLength(LIMIT)
  expect(await taken()).toBe(LIMIT)
  await Promise.all(runs.filter((_, n) => got[n]).map((run) => giveUntilGiven(run)))
  expect(await taken()).toBe(0)
})

const giveUntilGiven = async (run: string): Promise<void> => {
  while (!(await give(run))) await sleep(Math.random() * 20)
}
