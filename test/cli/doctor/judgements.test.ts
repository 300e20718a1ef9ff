import { describe, expect, test } from 'vitest'
import { judgeAgents, judgeKeys, programOf } from '#cli/doctor/agents.ts'
import { judgeClock } from '#cli/doctor/clock.ts'
import { type Judgement, ok, worst } from '#cli/doctor/diagnosis.ts'
import { judgeEngine } from '#cli/doctor/engine.ts'
import { judgeFolder } from '#cli/doctor/folder.ts'
import { judgeLock } from '#cli/doctor/lock.ts'
import { judgeNode } from '#cli/doctor/node.ts'
import { judgeProcess, MARKERS } from '#cli/doctor/processes.ts'
import { judgeGit } from '#cli/doctor/programs.ts'
import { judgeSandbox } from '#cli/doctor/sandbox.ts'
import { judgeLeases, judgeRuns, judgeSlots } from '#cli/doctor/strays.ts'
import { MARKER } from '#containers/agent/processes/kill-all.ts'
import { ProjectConfig } from '#core/contracts/project.ts'

/** The verdict, and all that is said. */
const told = ({ verdict, says, remedy = '' }: Judgement) => `${verdict}: ${says} → ${remedy}`

const project = (id: string, set: Record<string, unknown>) => ({
  id,
  config: ProjectConfig.parse({ source: { location: '/r' }, ...set }),
})

const FOLDER = { path: '/d', exists: true, isFolder: true, refused: undefined, freeMb: 9_000 }
const ENGINE = { planeRuns: true, choice: { engine: 'dynoxide', from: '/x' }, pid: 7 } as const
const AT = 'http://127.0.0.1:9'
const AGENT = { pid: 7, kind: 'agent', attemptId: 'run-1-t1-a1', folder: '/d' } as const
const HERE = { of: 'this', planeRuns: true, attempt: 'live' } as const

test.each<[what: string, judgement: Judgement, says: RegExp]>([
  ['Node of today', judgeNode('24.9.0'), /^ok: 24/],
  ['an old Node', judgeNode('22.19.0'), /^fail: 22\.19\.0 is too old → .*npm ci/],
  ['git', judgeGit('git version 2.39.5'), /^ok/],
  ['no git', judgeGit(undefined), /^fail: git is not.*Install git/],
  ['a folder', judgeFolder(FOLDER), /^ok: \/d, 8 GB free/],
  ['a folder to be made', judgeFolder({ ...FOLDER, exists: false }), /^ok: .*not made yet/],
  ['a file', judgeFolder({ ...FOLDER, isFolder: false }), /^fail: \/d is no folder.*VIGIL_HOME/],
  [
    'a folder of others',
    judgeFolder({ ...FOLDER, refused: 'EACCES' }),
    /^fail: .*not writable \(EACCES/,
  ],
  ['a full disk', judgeFolder({ ...FOLDER, refused: 'ENOSPC' }), /^fail: the disk.*full/],
  ['31 MB free', judgeFolder({ ...FOLDER, freeMb: 31 }), /^fail: .*31 MB free/],
  ['1 GB free, nearly', judgeFolder({ ...FOLDER, freeMb: 1_023 }), /^warn: 1023 MB free/],
  ['no lock', judgeLock({ holder: { held: 'no' }, address: undefined, answers: false }), /^ok/],
  [
    'a plane that answers',
    judgeLock({ holder: { held: 'alive', pid: 7 }, address: AT, answers: true }),
    /^ok: pid 7 answers at http/,
  ],
  [
    'a plane that does not',
    judgeLock({ holder: { held: 'alive', pid: 7 }, address: AT, answers: false }),
    /^fail: pid 7 holds.*does not answer at http.*kill 7/,
  ],
  [
    'a lock of the dead',
    judgeLock({ holder: { held: 'dead', pid: 7 }, address: undefined, answers: false }),
    /^warn: .*died \(pid 7\).*vigil up --until-idle/,
  ],
  [
    'a lock that says nothing',
    judgeLock({ holder: { held: 'unreadable' }, address: undefined, answers: false }),
    /^warn/,
  ],
  [
    'an engine that answers',
    judgeEngine({ ...ENGINE, asked: { endpoint: AT, failure: undefined } }),
    /^ok: dynoxide \(pid 7\) answers/,
  ],
  [
    'one that does not',
    judgeEngine({ ...ENGINE, asked: { endpoint: AT, failure: 'nothing in 3 s' } }),
    /^fail: dynoxide \(pid 7\) does not answer: nothing in 3 s.*kill 7/,
  ],
  [
    'a given one that does not',
    judgeEngine({
      ...ENGINE,
      pid: undefined,
      choice: { engine: 'endpoint', endpoint: AT },
      asked: { endpoint: AT, failure: 'ECONNREFUSED' },
    }),
    /^fail: endpoint does not answer.*VIGIL_DYNAMODB_ENDPOINT/,
  ],
  [
    'one that is not installed',
    judgeEngine({ ...ENGINE, choice: { missing: 'no engine here' }, asked: undefined }),
    /^fail: no engine here/,
  ],
  [
    'one that outlived its plane',
    judgeEngine({ ...ENGINE, planeRuns: false, asked: undefined }),
    /^warn: dynoxide \(pid 7\) has outlived/,
  ],
  [
    'one that will be started',
    judgeEngine({ ...ENGINE, planeRuns: false, pid: undefined, asked: undefined }),
    /^ok: dynoxide; it starts/,
  ],
  ['clocks that agree', judgeClock({ 'file system': -3, plane: 900 }), /^ok/],
  [
    'one 6 s ahead',
    judgeClock({ 'file system': 0, plane: 6_000 }),
    /^warn: .*plane is 6\.0 s ahead/,
  ],
  [
    'one a minute behind',
    judgeClock({ 'file system': -60_000, plane: 0 }),
    /^fail: .*file system is 60\.0 s behind.*NTP/,
  ],
  [
    'clocks that nobody can read',
    judgeClock({ 'file system': undefined, plane: undefined }),
    /^warn/,
  ],
  [
    'no bubblewrap',
    judgeSandbox({ wanted: undefined, failure: 'bubblewrap is not installed' }),
    /^warn: bubblewrap is not installed: agents run as you, which is a guard and no wall → Install/,
  ],
  [
    'a sandbox that is switched off',
    judgeSandbox({ wanted: 'none', failure: undefined }),
    /^warn: VIGIL_SANDBOX is none: agents run as you/,
  ],
  [
    'bubblewrap',
    judgeSandbox({ wanted: undefined, failure: undefined }),
    /^ok: agents run in bubblewrap/,
  ],
  [
    'bubblewrap that is asked for and missing',
    judgeSandbox({ wanted: 'bubblewrap', failure: 'bubblewrap is not installed' }),
    /^fail: .*no plane starts/,
  ],
  ['an agent on a live attempt', judgeProcess(AGENT, HERE), /^ok/],
  [
    'one whose attempt is over',
    judgeProcess(AGENT, { ...HERE, attempt: 'over' }),
    /^fail: agent 7 of run-1-t1-a1: its attempt is over → .*kill 7/,
  ],
  [
    'one that nobody knows',
    judgeProcess(AGENT, { ...HERE, attempt: 'nowhere' }),
    /^fail: .*no such attempt/,
  ],
  [
    'one without its plane',
    judgeProcess(AGENT, { of: 'this', planeRuns: false, attempt: 'not asked' }),
    /^fail: .*plane is not there → .*vigil up --until-idle/,
  ],
  [
    "one of another folder's plane",
    judgeProcess(AGENT, { of: 'other', planeRuns: true, attempt: 'not asked' }),
    /^ok/,
  ],
  [
    'one of another folder without',
    judgeProcess(AGENT, { of: 'other', planeRuns: false, attempt: 'not asked' }),
    /^warn: .*\(\/d\)/,
  ],
  [
    'one of nobody',
    judgeProcess(AGENT, { of: 'unknown', planeRuns: true, attempt: 'nowhere' }),
    /^warn: .*not known/,
  ],
  ['no plane to ask', judgeRuns('no plane'), /^ok: not looked at/],
  ['a plane that does not answer', judgeSlots('no answer'), /^fail: the plane did not answer/],
  [
    'a run without execution',
    judgeRuns({ runs: [{ run: 'run-1', execution: 'none' }], leases: [], slots: [] }),
    /^fail: run-1 has no execution → .*vigil cancel run-1/,
  ],
  [
    'a lease without run',
    judgeLeases({ runs: [], leases: [{ project: 'p', run: 'run-1' }], slots: [] }),
    /^fail: p is leased to run-1/,
  ],
  [
    'a slot without run',
    judgeSlots({ runs: [], leases: [], slots: ['run-1'] }),
    /^fail: a slot is held by run-1/,
  ],
])('%s', (_, judgement, says) => {
  expect(told(judgement)).toMatch(says)
})

describe('agents of projects', () => {
  const all = [
    project('a', { agent: 'claude', keys: ['ANTHROPIC_API_KEY', 'OTHER_KEY'] }),
    project('b', { agent: 'command:/x/agent.sh --fast' }),
    project('c', {}),
  ]

  test('programs that are not there are named with their projects', () => {
    expect(told(judgeAgents(all, () => true))).toMatch(/^ok: those of 3 projects/)
    expect(told(judgeAgents(all, (program) => program !== 'claude'))).toMatch(
      /^fail: a: its agent claude/,
    )
    expect(told(judgeAgents(all, () => false))).toMatch(/a: .*claude.*; b: .*\/x\/agent\.sh cannot/)
  })

  test('keys that are not there are named, and no value is', () => {
    const has = { ANTHROPIC_API_KEY: 'secret-1', OTHER_KEY: '' }
    expect(told(judgeKeys(all, has))).toMatch(/^fail: a: OTHER_KEY not in .*Export OTHER_KEY/)
    expect(told(judgeKeys(all, has))).not.toContain('secret-1')
    expect(told(judgeKeys(all, { ...has, OTHER_KEY: 'x' }))).toMatch(/^ok/)
    expect(told(judgeKeys([project('d', { agent: 'claude' })], {}))).toMatch(/^warn: d: .*no key/)
  })

  test.each([
    ['janitor', undefined],
    ['claude', 'claude'],
    ['command:/a/b.sh', '/a/b.sh'],
    ['command:/a/b.sh --fast', '/a/b.sh'],
    ["command:'/a b/c.sh' x", '/a b/c.sh'],
  ])('the program of %s is %s', (agent, program) => {
    expect(programOf(agent)).toBe(program)
  })
})

test('several judgements are one line under the worst verdict', () => {
  const bad = (verdict: 'warn' | 'fail', says: string): Judgement => ({
    verdict,
    says,
    remedy: 'R.',
  })
  expect(told(worst([ok('x'), bad('warn', 'w'), bad('fail', 'f')], 'well'))).toBe('fail: w; f → R.')
  expect(worst([ok('x')], 'well')).toEqual(ok('well'))
})

test('agents are found by the marker that supervisors give them', () => {
  expect(MARKERS.agent).toBe(MARKER)
})
