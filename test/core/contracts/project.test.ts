import { describe, expect, test } from 'vitest'
import { ProjectConfig, ProjectId } from '#core/contracts/project.ts'

const source = { location: '/srv/handbook' }

test('a project that says nothing gets the figures of the behaviours', () => {
  expect(ProjectConfig.parse({ source })).toEqual({
    source: { strategy: 'git', location: '/srv/handbook' },
    agent: 'janitor',
    agentArgs: [],
    unsandboxed: false,
    models: [],
    enabled: true,
    execute: 'auto',
    audit: true,
    timeZone: 'UTC',
    verification: [],
    variables: {},
    keys: [],
    language: 'English',
    // G8, G9, G10, G11, G7, G6
    gates: {
      cooldownMinutes: 60,
      dailyFires: 4,
      dailyUsd: 50,
      cyclePlans: 3,
      activityMinutes: 5,
      dormancy: true,
      dormancyCapHours: 24,
    },
    // T2
    clocks: {
      start: 180,
      prepare: 900,
      progress: 600,
      tool: 1_800,
      turn: 3_600,
      verify: 600,
      finish: 300,
      fence: 90,
    },
    // T6
    retries: {
      stalls: 3,
      backoffSeconds: 10,
      backoffCapSeconds: 300,
      providerSeconds: 60,
      providerHours: 12,
    },
    // T12, E5, S5
    budget: { usd: 10, sectionIterations: 6, hours: 6 },
  })
})

test('a group that says something keeps the other figures', () => {
  const { clocks, gates } = ProjectConfig.parse({ source, clocks: { turn: 60 }, gates: {} })
  expect(clocks).toMatchObject({ turn: 60, fence: 90 })
  expect(gates.dailyFires).toBe(4)
})

describe('A4: what a configuration has wrong is named', () => {
  test.each<[string, object]>([
    ['source', { source: undefined }],
    ['source.location', { source: { location: '' } }],
    ['source.location', { source: { location: 'https://ann:s3cret@example.com/a.git' } }],
    ['source.location', { source: { location: 'https://:s3cret@example.com/a.git' } }],
    ['source.strategy', { source: { ...source, strategy: 'svn' } }],
    ['agent', { agent: 'gpt' }],
    ['agent', { agent: 'command:' }],
    ['agent', { agent: 'janitor --fast' }],
    ['execute', { execute: 'manual' }],
    ['keys.0', { keys: ['anthropic-key'] }],
    ['gates.dailyFires', { gates: { dailyFires: 0 } }],
    ['gates.dailyUsd', { gates: { dailyUsd: 0 } }],
    ['clocks.turn', { clocks: { turn: 0 } }],
    ['clocks.progress', { clocks: { progress: -1 } }],
    ['clocks.tool', { clocks: { tool: Number.POSITIVE_INFINITY } }],
    ['budget.sectionIterations', { budget: { sectionIterations: 1.5 } }],
    ['retries.stalls', { retries: { stalls: -1 } }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
  ])('%s: %j', (path, change) => {
    const { error } = ProjectConfig.safeParse({ source, ...change })
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
  })

  test.each<[string, object]>([
    ['cooldown', { cooldown: 5 }],
    ['cooldownMinuts', { gates: { cooldownMinuts: 5 } }],
    ['token', { source: { ...source, token: 'x' } }],
  ])('a key that nobody knows: %s', (key, change) => {
    const { error } = ProjectConfig.safeParse({ source, ...change })
    expect(error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: [key] }])
  })
})

test.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires'])(
  'G9: %s is a zone',
  (zone) => {
    expect(ProjectConfig.parse({ source, timeZone: zone }).timeZone).toBe(zone)
  },
)

test.each([
  'https://example.com/a:b@c.git',
  'ssh://git@example.com:22/a.git',
  'git@example.com:a/b.git',
  '/srv/a:b@c',
])('%s holds no password', (location) => {
  expect(ProjectConfig.parse({ source: { location } }).source.location).toBe(location)
})

test('T2: 0 turns progress and tool off', () => {
  const { clocks } = ProjectConfig.parse({ source, clocks: { progress: 0, tool: 0 } })
  expect(clocks).toMatchObject({ progress: 0, tool: 0 })
})

test.each([
  ['handbook', true],
  ['a', true],
  ['0-0', true],
  ['x'.repeat(40), true],
  ['x'.repeat(41), false],
  ['-a', false],
  ['Handbook', false],
  ['a/b', false],
  ['a\n', false],
  ['', false],
])('%j as the id of a project: %s', (id, good) => {
  expect(ProjectId.safeParse(id).success).toBe(good)
})
