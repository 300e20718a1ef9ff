import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  attemptIdOf,
  newId,
  partsOfAttemptId,
  runtimeOf,
  turnIdOf,
  turnNumberOf,
} from '#core/ids.ts'

const ULID = '01JD2ZV6T5W8Q0N7R4M3K1H9XA'

test('an id is safe in names of executions, keys and branches, and at most 80 characters', () => {
  const id = attemptIdOf(turnIdOf(newId('run', ULID), 48), 999)
  expect(id).toBe('run-01jd2zv6t5w8q0n7r4m3k1h9xa-t48-a999')
  expect(id).toMatch(/^[a-z0-9-]{1,80}$/)
})

test('ids sort as their times do', () => {
  const ids = ['01JD2ZV6T5', '01JD2ZV6T6', '01JD30'].map((ulid) => newId('run', ulid))
  expect(ids.toSorted()).toEqual(ids)
})

test('what an attempt id is made of is read from it', () => {
  const run = fc.stringMatching(/^run-[0-9a-z-]{1,30}$/)
  const number = fc.integer({ min: 1, max: 10_000 })
  fc.assert(
    fc.property(run, number, number, (runId, turn, attempt) => {
      const turnId = turnIdOf(runId, turn)
      const parts = { runId, turnId, turnNumber: turn, number: attempt }
      expect(partsOfAttemptId(attemptIdOf(turnId, attempt))).toEqual(parts)
      expect(turnNumberOf(turnId)).toBe(turn)
    }),
  )
})

describe('what is no attempt id is refused', () => {
  test.each(['', 'run-1', 'run-1-t2', 'run-1-a2', 'run-1-t2-a', 'run-1-tx-a2', '-t1-a1'])(
    '"%s"',
    (text) => {
      expect(() => partsOfAttemptId(text)).toThrow(TypeError)
    },
  )
})

test.each([
  ['janitor', 'janitor'],
  ['claude', 'claude'],
  ['command:./agent.sh --fast', 'command'],
])('agent %s is run by %s', (agent, runtime) => {
  expect(runtimeOf(agent)).toBe(runtime)
})
