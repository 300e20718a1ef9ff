import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { asAgent } from '#containers/agent/processes/as-agent.ts'

test('without a uid of its own an agent is run as this process is', () => {
  expect(asAgent(undefined)(['make', 'all'])).toEqual(['make', 'all'])
})

describe.runIf(process.getuid?.() === 0)('with a uid of its own an agent', () => {
  const run = (...argv: [string, ...string[]]) => {
    const [program, ...args] = asAgent(54_321)(argv)
    return execFileSync(program, args, { encoding: 'utf8' }).trim()
  }

  test('has that uid, that group and no other', () => {
    expect(run('id', '-u')).toBe('54321')
    expect(run('id', '-G')).toBe('54321')
  })

  test('has no capability, and gets none', () => {
    const status = run('cat', '/proc/self/status')
    for (const set of ['Inh', 'Prm', 'Eff', 'Bnd', 'Amb'])
      expect(status).toMatch(new RegExp(`^Cap${set}:\\s0+$`, 'm'))
    expect(status).toMatch(/^NoNewPrivs:\s1$/m)
  })

  test('gets its words as they are', () => {
    expect(run('printf', '%s|', '--reuid=0', 'a b', '')).toBe('--reuid=0|a b||')
  })
})
