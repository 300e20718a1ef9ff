import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openScene, vigilOnce } from './plane-process.ts'

type Scene = Awaited<ReturnType<typeof openScene>>
let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', args, { cwd, encoding: 'utf8' }).trim()

const json = async (args: string[], extra: Record<string, string> = {}) => {
  const { stdout, stderr, exit } = await vigilOnce(scene.home, [...args, '--json'], extra)
  const lines = stdout.trim().split('\n')
  expect(lines, stderr).toHaveLength(1)
  return { answer: JSON.parse(lines[0] ?? ''), exit, stderr }
}

describe('the command line on the sample', () => {
  const data = { VIGIL_HOME: '' }

  beforeAll(() => {
    data.VIGIL_HOME = join(scene.home, 'sample-data')
  })

  test('start --once: executed, proved, exactly the two links mended, the sample untouched', async () => {
    const { stdout, exit } = await vigilOnce(scene.home, ['start', '--once'], data)
    expect(exit, stdout).toBe(0)
    for (const phase of ['discovery', 'code', 'audit', 'final_audit', 'prove', 'report'])
      expect(stdout).toContain(`▸ ${phase}`)
    expect(stdout).toMatch(/beat \d+, working/)
    expect(stdout).toMatch(/\*\*Proved:\*\* yes, 1 of 1 checks/)
    expect(stdout).toContain('leads nowhere')
    const path = /Report: (.+\.md)/.exec(stdout)?.[1] ?? ''
    expect(readFileSync(path, 'utf8')).toContain('at base: exit 1, at head: exit 0')
    const sample = join(data.VIGIL_HOME, 'sample')
    expect(git(sample, 'status', '--porcelain')).toBe('')
    expect(git(sample, 'branch', '--format=%(refname:short)')).toBe('main')
  })

  test('apply brings the branch home: two lines changed, trailers on the commit (C2)', async () => {
    const { answer } = await json(['runs'], data)
    const cycle = answer.items[0].cycleId
    const applied = await json(['apply', cycle], data)
    expect(applied).toMatchObject({ exit: 0, answer: { branch: `vigil/${cycle}` } })
    const sample = join(data.VIGIL_HOME, 'sample')
    const stat = git(sample, 'diff', '--numstat', 'main', `vigil/${cycle}`)
    expect(stat.split('\n')).toHaveLength(2)
    expect(git(sample, 'log', '-1', '--format=%B', `vigil/${cycle}`)).toMatch(/^Vigil-Run: run-/m)
    expect(git(sample, 'branch', '--show-current')).toBe('main')
  })

  test('a second fire is blocked by cooldown, a forced one finds nothing, a third is dormant (G6, G8)', async () => {
    expect(await json(['run'], data)).toMatchObject({
      exit: 3,
      answer: { run: null, reason: 'cooldown' },
    })
    expect(await json(['run', '--force', 'cooldown'], data)).toMatchObject({
      exit: 0,
      answer: { outcome: 'no_plan' },
    })
    expect(await json(['run', '--force', 'cooldown'], data)).toMatchObject({
      exit: 3,
      answer: { run: null, reason: 'dormant' },
    })
  })
})

describe('the command line on a repository', () => {
  test('run --json answers one object with everything that a caller needs (A5)', async () => {
    const { answer, exit, stderr } = await json(['run', '--repo', scene.repo])
    expect(exit, stderr).toBe(0)
    expect(answer).toMatchObject({
      outcome: 'executed',
      reason: null,
      turns: 6,
      attempts: 6,
      usd: 0,
    })
    expect(answer.branch).toBe(`vigil/${answer.cycle}`)
    expect(answer.proof).toMatchObject({ proved: true, baseCommit: answer.baseCommit })
    expect(answer.headCommit).toMatch(/^[0-9a-f]{40}$/)
    expect(answer.durationMs).toBeLessThan(30_000)
    expect(git(scene.repo, 'rev-parse', 'main')).toBe(answer.baseCommit)
  })

  test('--propose ends as proposed, approve goes on with the plan (D7)', async () => {
    const data = { VIGIL_HOME: join(scene.home, 'proposed') }
    const proposed = await json(['run', '--repo', scene.repo, '--propose'], data)
    expect(proposed).toMatchObject({ exit: 3, answer: { outcome: 'proposed', cycle: null } })
    const approved = await json(['approve', proposed.answer.plan], data)
    expect(approved, approved.stderr).toMatchObject({
      exit: 0,
      answer: { outcome: 'executed', plan: proposed.answer.plan, proof: { proved: true } },
    })
    const again = await vigilOnce(scene.home, ['approve', proposed.answer.plan], data)
    expect(again).toMatchObject({ exit: 2 })
    expect(again.stderr).toContain('the plan is completed')
  })

  test("the guide's example agent works as printed", async () => {
    const guide = readFileSync(
      new URL('../../docs/guides/write-an-agent.md', import.meta.url),
      'utf8',
    )
    const script = /```sh\n(#!\/bin\/sh[\s\S]*?)```/.exec(guide)?.[1] ?? ''
    const file = join(scene.home, 'my-agent.sh')
    writeFileSync(file, script)
    chmodSync(file, 0o755)
    const data = { VIGIL_HOME: join(scene.home, 'command') }
    const args = ['run', '--repo', scene.repo, '--agent', 'command:./my-agent.sh']
    const { answer, exit, stderr } = await json(args, data)
    expect(exit, stderr).toBe(0)
    expect(answer).toMatchObject({ outcome: 'executed', proof: { proved: true } })
    await json(['apply', answer.cycle], data)
    expect(git(scene.repo, 'show', `${answer.branch}:GREETING.md`)).toBe('Hello.')
  })
})
