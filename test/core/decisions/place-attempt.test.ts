import { expect, test } from 'vitest'
import type { Placement } from '#core/contracts/attempt.ts'
import { placeAttempt } from '#core/decisions/place-attempt.ts'

const size = (cpu: string, memory: string) => ({ cpu, memory })
const larger = (cpu: string, memory: string): Placement => ({
  onDemand: false,
  size: size(cpu, memory),
})

test.each<[Record<string, number>, ReturnType<typeof size> | undefined, Placement | undefined]>([
  [{}, size('1024', '4096'), undefined],
  [{ 'worker.lost': 3 }, size('1024', '4096'), undefined],
  [{ 'worker.reclaimed': 1 }, undefined, { onDemand: true }],
  [{ 'worker.oom': 1 }, size('1024', '4096'), larger('1024', '8192')],
  [{ 'worker.oom': 1 }, size('1024', '8192'), larger('2048', '16384')],
  [{ 'worker.oom': 1 }, size('4096', '17408'), larger('8192', '36864')],
  [{ 'worker.oom': 1 }, size('4096', '30720'), larger('8192', '61440')],
  [{ 'worker.oom': 1 }, size('16384', '122880'), undefined],
  [{ 'worker.oom': 1 }, undefined, undefined],
  [
    { 'worker.oom': 1, 'worker.reclaimed': 2 },
    size('2048', '4096'),
    { onDemand: true, size: size('2048', '8192') },
  ],
])('%j on %j is placed %j', (failures, defined, placement) => {
  expect(placeAttempt(failures, defined)).toEqual(placement)
})
