import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openScene, vigilOnce } from './plane-process.ts'

type Scene = Awaited<ReturnType<typeof openScene>>
let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

const AGENT = fileURLToPath(new URL('../fixtures/agents/two-sections.sh', import.meta.url))

const vigil = (...args: string[]) => vigilOnce(scene.home, args)
const json = async (...args: string[]) => {
  const { stdout, stderr, exit } = await vigil(...args, '--json')
  return { exit, stderr, answer: stdout === '' ? undefined : JSON.parse(stdout) }
}

describe('a run that stalls in its second section', { timeout: 120_000 }, () => {
  const known = { run: '', next: '' }

  beforeAll(async () => {
    const config = join(scene.home, 'project.yaml')
    writeFileSync(
      config,
      [
        'clocks: { progress: 1, tool: 1 }',
        'retries: { stalls: 1, backoffSeconds: 1 }',
        `variables: { GO: ${join(scene.home, 'go')} }`,
        'gates: { dailyFires: 20 }',
      ].join('\n'),
    )
    const args = ['--repo', scene.repo, '--agent', `command:${AGENT}`, '--config', config]
    const { answer, exit, stderr } = await json('run', ...args)
    expect(exit, stderr).toBe(3)
    expect(answer).toMatchObject({ outcome: 'blocked', reason: 'stall_restarts_exhausted' })
    known.run = answer.run
    expect(answer.next).toBe(`vigil resume ${known.run}`)
  }, 60_000)

  test('is explained: what stalled, under which clock, what was tried, what to do', async () => {
    const { stdout, exit } = await vigil('explain', known.run)
    expect(exit, stdout).toBe(0)
    expect(stdout).toMatch(/set out to: Two files \(plan-.+, 1 of 2 sections done\)/)
    expect(stdout).toMatch(/code, section 1: done, .* 1 attempt/)
    expect(stdout).toMatch(/code, section 2: blocked \(stall_restarts_exhausted\), .* 2 attempts/)
    expect(stdout).toMatch(/attempt 1 .*stall\.progress\. The clock progress gives 1 s/)
    expect(stdout).toMatch(/→ after a pause of .* it was tried again/)
    expect(stdout).toContain('It ended as blocked: stall_restarts_exhausted.')
    expect(stdout).toContain(`Go on with: vigil resume ${known.run}`)
    const { answer } = await json('explain', known.run)
    expect(answer).toMatchObject({
      run: known.run,
      outcome: 'blocked',
      next: `vigil resume ${known.run}`,
    })
  })

  test('is resumed: a new run on the same plan and branch does the second section alone (D6)', async () => {
    writeFileSync(join(scene.home, 'go'), '')
    const before = await json('runs')
    const { answer, exit, stderr } = await json('resume', known.run)
    expect(exit, stderr).toBe(0)
    expect(answer).toMatchObject({ outcome: 'executed', proof: { proved: true } })
    known.next = answer.run
    const runs = (await json('runs')).answer.items
    const [old] = before.answer.items
    const now = runs.find(({ id }: { id: string }) => id === answer.run)
    expect(now).toMatchObject({ resumes: old.id, planId: old.planId, cycleId: old.cycleId })
    const { stdout } = await vigil('explain', answer.run)
    expect(stdout).toContain(`went on where ${known.run} had stopped`)
    expect(stdout).toMatch(/^1\. code, section 2: done/m)
    expect(stdout).not.toContain('section 1:')
  })

  test.each([
    ['resumed again', () => known.run, /went on from it already.*vigil resume run-/],
    ['one that ended well', () => known.next, /ended as executed.*vigil report/],
    ['one that is not there', () => 'run-nowhere', /there is no run run-nowhere/],
  ])('%s is refused in one line with what to do, exit 2', async (_, run, says) => {
    const { exit, stdout, stderr } = await vigil('resume', run())
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' })
    expect(stderr).toMatch(says)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})
