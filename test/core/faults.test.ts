import { describe, expect, test } from 'vitest'
import { FAULTS, Fault, faultClass, isFaultClass } from '#core/faults.ts'

describe.each(Object.entries(FAULTS))(
  '%s',
  (name, { acts, tries, backoffSeconds, remedy, chain }) => {
    test('has a name that a workflow can match, a policy and a remedy', () => {
      expect(name).toMatch(/^[a-z]+(\.[a-z_]+)?$/)
      expect(remedy).toMatch(/^[A-Z].+\.$/)
      expect(tries).toSatisfy(
        (count: number) => Number.isInteger(count) && count >= 0 && count <= 8,
      )
      expect(backoffSeconds > 0).toBe(tries > 0)
    })

    test('is tried again only where time or the agent can mend it', () => {
      const first = { Transient: 1, Agent: 1, Operator: 0, Requester: 0, Bug: 0 }[acts]
      expect(chain ? 1 : tries).toBeGreaterThanOrEqual(first)
      if (acts === 'Bug') expect(tries).toBe(0)
      if (acts === 'Operator' || acts === 'Requester') expect(tries).toBeLessThanOrEqual(1)
    })
  },
)

test('the name of a fault is its class, and its cause is kept', () => {
  const cause = new Error('ENOSPC')
  const fault = new Fault('workspace.clone', 'no room', { cause })
  expect(fault).toMatchObject({ name: 'workspace.clone', code: 'workspace.clone', cause })
  expect(String(fault)).toBe('workspace.clone: no room')
})

test.each([
  ['a fault', new Fault('worker.lost', 'gone'), 'worker.lost'],
  [
    'a fault that crossed a border',
    Object.assign(new Error(), { name: 'worker.oom' }),
    'worker.oom',
  ],
  ['any other error', new TypeError('x is undefined'), 'bug'],
  [
    'an error with a name that all objects have',
    Object.assign(new Error(), { name: 'toString' }),
    'bug',
  ],
  ['a word', 'worker.lost', 'bug'],
  ['nothing', undefined, 'bug'],
])('%s has a class', (_what, thrown, fault) => {
  expect(faultClass(thrown)).toBe(fault)
})

test.each([
  ['stall.tool', true],
  ['cancelled', true],
  ['stall', false],
  ['hasOwnProperty', false],
  ['', false],
])('the word "%s" is a class: %s', (word, known) => {
  expect(isFaultClass(word)).toBe(known)
})
