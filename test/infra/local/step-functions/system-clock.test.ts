import { expect, test } from 'vitest'
import { systemClock } from '#infra/local/step-functions/system-clock.ts'

test('a timer runs at its time, and one that was taken back never does', async () => {
  const ran: string[] = []
  const at = systemClock.now() + 20
  const cancel = systemClock.setTimer(at, () => ran.push('cancelled'))
  cancel()
  await new Promise<void>((resolve) => systemClock.setTimer(at, resolve))
  expect(systemClock.now()).toBeGreaterThanOrEqual(at)
  expect(ran).toEqual([])
})

test('a timer for a time long past runs at once', async () => {
  await new Promise<void>((resolve) => systemClock.setTimer(0, resolve))
})

test('a timer further off than setTimeout can hold does not run early', async () => {
  let early = false
  const cancel = systemClock.setTimer(systemClock.now() + 40 * 86_400_000, () => {
    early = true
  })
  await new Promise<void>((resolve) => systemClock.setTimer(systemClock.now() + 20, resolve))
  cancel()
  expect(early).toBe(false)
})
