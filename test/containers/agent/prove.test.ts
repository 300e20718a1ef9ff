import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { prove } from '#containers/agent/prove.ts'
import type { AttemptRequest } from '#core/contracts/attempt-request.ts'
import type { Check } from '#core/contracts/plan.ts'
import type { ProvenCheck } from '#core/contracts/proof.ts'
import { aPlan } from '#test/core/contracts/a-plan.ts'
import { anAttemptRequest, aWork } from './a-request.ts'
import type { Tree } from './workspace/make-repository.ts'
import { openBench } from './workspace/open-bench.ts'

/** Proves checks on a base and a head. */
const proveOn = async (
  trees: { base: Tree; head: Tree },
  verification: Check[],
  change: Partial<AttemptRequest> = {},
) => {
  const bench = await openBench()
  bench.repo.git('init', '--quiet')
  const baseCommit = bench.repo.commit(trees.base)
  const head = bench.repo.commit(trees.head)
  const work = aWork({ plan: aPlan({ verification }) })
  const proof = await prove({
    ...bench,
    request: anAttemptRequest({ phase: 'prove', work, verification, ...change }),
    workspace: { baseCommit, head },
    env: { PATH: '/usr/bin:/bin' },
    signal: new AbortController().signal,
    asAgent: (argv) => argv,
  })
  return { proof, baseCommit, head, repo: bench.repo }
}

const turnsGreen = (command: string, files: string[] = []): Check => ({
  command,
  expect: 'red_to_green',
  files,
})
const staysGreen = (command: string, files: string[] = []): Check => ({
  command,
  expect: 'stays_green',
  files,
})

const BASE: Tree = { 'app.txt': 'broken', 'checks/ä test.sh': 'grep -q works app.txt\n' }
const MENDED: Tree = { 'app.txt': 'works' }
const SUITE = "sh 'checks/ä test.sh'"
const EDITED: Tree = { 'checks/ä test.sh': 'exit 0\n' }

test.each<[ProvenCheck['verdict'], string, Tree, Check, exits: (number | null)[]]>([
  ['proved', 'red at base, green at head', MENDED, turnsGreen('grep -q works app.txt'), [1, 0]],
  ['proved', 'with its files as at base', MENDED, turnsGreen(SUITE, ['checks/**']), [1, 0, 0]],
  ['proved', 'what was green stays green', MENDED, staysGreen('test -e app.txt'), [0, 0]],
  ['not_red_at_base', 'it was green', MENDED, turnsGreen('test -e app.txt'), [0, 0]],
  ['not_green_at_head', 'it is red', { x: '' }, turnsGreen(SUITE), [1, 1]],
  [
    'not_green_at_head',
    'it is gone',
    { ...EDITED, 'checks/ä test.sh': null },
    turnsGreen(SUITE),
    [1, 2],
  ],
  ['not_green_at_head', 'it was green', { 'app.txt': null }, staysGreen('test -e app.txt'), [0, 1]],
  [
    'check_edited',
    'the check was made to pass',
    EDITED,
    turnsGreen(SUITE, ['checks/**']),
    [1, 0, 1],
  ],
  [
    'check_edited',
    'what it needs came with the work',
    { 'checks/.new': '' },
    turnsGreen('test -e checks/.new', ['checks/*']),
    [1, 0, 1],
  ],
  [
    'proved',
    'the edit changes nothing',
    { ...MENDED, ...EDITED },
    turnsGreen(SUITE, ['checks/**']),
    [1, 0, 0],
  ],
])('E12: %s: %s', async (verdict, _when, head, check, exits) => {
  const { proof, ...commits } = await proveOn({ base: BASE, head }, [check])
  const [proven] = proof.checks
  expect(proven?.verdict).toBe(verdict)
  expect(
    [proven?.base, proven?.head, proven?.headWithBaseFiles].flatMap((ran) =>
      ran ? [ran.exit] : [],
    ),
  ).toEqual(exits)
  expect(proof).toMatchObject({
    proved: verdict === 'proved',
    baseCommit: commits.baseCommit,
    headCommit: commits.head,
  })
})

test('E12: one check that fails fails the proof, and all are run', async () => {
  const checks = [turnsGreen('false'), staysGreen('true'), turnsGreen('grep -q works app.txt')]
  const { proof } = await proveOn({ base: BASE, head: MENDED }, checks)
  expect(proof.checks.map(({ verdict }) => verdict)).toEqual([
    'not_green_at_head',
    'proved',
    'proved',
  ])
  expect(proof.proved).toBe(false)
})

test('E12: where there is nothing to check, nothing is proved', async () => {
  const { proof } = await proveOn({ base: BASE, head: MENDED }, [], { work: aWork() })
  expect(proof).toMatchObject({ checks: [], proved: false })
})

test.each([
  ['beside one that is proved', [turnsGreen('grep -q works app.txt')], true],
  ['alone', [], false],
])(
  'E0: a check that was red before proves nothing, and refutes nothing: %s',
  async (_how, others, proved) => {
    const { proof } = await proveOn({ base: BASE, head: MENDED }, [staysGreen('false'), ...others])
    expect(proof.checks[0]?.verdict).toBe('red_before')
    expect(proof.proved).toBe(proved)
  },
)

test('E12: what checks leave behind is in no other clone, nor in the workspace', async () => {
  const litter = 'test ! -e litter && touch litter'
  const checks = [staysGreen(litter, ['*.sh']), staysGreen('test -e litter')]
  const { proof, repo } = await proveOn({ base: BASE, head: MENDED }, checks)
  expect(proof.proved).toBe(true)
  expect(readdirSync(repo.path)).not.toContain('litter')
})

test('C4: each clone is set up', async () => {
  const checks = [staysGreen('test "$(cat set-up)" = yes', ['*.sh'])]
  const setup = 'echo yes > set-up'
  const { proof } = await proveOn({ base: BASE, head: MENDED }, checks, { setup })
  expect(proof.proved).toBe(true)
})

test('E2: a check that hangs is red', async () => {
  const { clocks } = anAttemptRequest()
  const change = { clocks: { ...clocks, verify: 0.6 } }
  const checks = [turnsGreen('grep -q works app.txt || sleep 60')]
  const { proof } = await proveOn({ base: BASE, head: MENDED }, checks, change)
  expect(proof.checks).toMatchObject([{ base: { timedOut: true }, verdict: 'proved' }])
})
