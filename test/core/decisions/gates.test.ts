import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Gates, ProjectConfig } from '#core/contracts/project.ts'
import { evaluateGates, FORCEABLE, type GateFacts } from '#core/decisions/gates.ts'

const NOW = Date.parse('2026-03-02T12:00:00Z')
const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const config = (change: { enabled?: boolean; gates?: Partial<Gates> } = {}): ProjectConfig =>
  ProjectConfig.parse({ source: { location: '/srv/handbook' }, ...change })

/** A project with a past, and nothing in its way. */
const OPEN: GateFacts = {
  now: NOW,
  trigger: 'schedule',
  config: config(),
  paused: undefined,
  lastOutcome: 'executed',
  lastEndedAt: NOW - 48 * HOUR,
  lastSignalAt: NOW - 49 * HOUR,
  lastActivityAt: NOW - HOUR,
  failures: 0,
  firesToday: 3,
  usdToday: 40,
  averageUsd: 2,
  cyclePlans: 2,
  leaseHolder: undefined,
  slotsTaken: 19,
  slots: 20,
}

const ASLEEP = { lastOutcome: 'no_plan', lastEndedAt: NOW - 2 * HOUR, lastSignalAt: undefined }

type Row = [id: string, when: string, change: Partial<GateFacts>, gate?: string]

const ROWS: Row[] = [
  ['G', 'a project with nothing in its way', {}],
  ['G', 'a project that never ran', { lastOutcome: undefined, lastEndedAt: undefined }],
  ['G3', 'a person paused it', { paused: 'by_person' }, 'project_paused'],
  ['G3', 'failures paused it', { paused: 'auto' }, 'auto_paused'],
  ['G4', 'it is not enabled', { config: config({ enabled: false }) }, 'project_disabled'],
  ['G6', 'the last run found nothing', ASLEEP, 'dormant'],
  ['G6', 'a signal came as the run ended', { ...ASLEEP, lastSignalAt: NOW - 2 * HOUR }, 'dormant'],
  ['G6', 'a signal came since', { ...ASLEEP, lastSignalAt: NOW - 2 * HOUR + 1 }],
  ['G6', 'the cap is 1 ms off', { ...ASLEEP, lastEndedAt: NOW - 24 * HOUR + 1 }, 'dormant'],
  ['G6', 'the cap is reached', { ...ASLEEP, lastEndedAt: NOW - 24 * HOUR }],
  ['G6', 'dormancy is off', { ...ASLEEP, config: config({ gates: { dormancy: false } }) }],
  ['G18', 'a person fires a dormant project', { ...ASLEEP, trigger: 'manual' }, 'dormant'],
  ['G18', 'a wake comes to a dormant project', { ...ASLEEP, trigger: 'wake' }],
  ['G18', 'a webhook comes to a dormant project', { ...ASLEEP, trigger: 'webhook' }],
  ['G7', 'a person is at work', { lastActivityAt: NOW }, 'recent_user_activity'],
  ['G7', '1 ms less than 5 minutes', { lastActivityAt: NOW - 299_999 }, 'recent_user_activity'],
  ['G7', '5 minutes since a person', { lastActivityAt: NOW - 300_000 }],
  ['G7', 'nobody was ever active', { lastActivityAt: undefined }],
  ['G8', '1 ms less than an hour', { lastEndedAt: NOW - HOUR + 1 }, 'cooldown'],
  ['G8', 'an hour since the last run', { lastEndedAt: NOW - HOUR }],
  ['G8', 'one failure, 1 ms less', { failures: 1, lastEndedAt: NOW - 2 * HOUR + 1 }, 'cooldown'],
  ['G8', 'one failure, two hours', { failures: 1, lastEndedAt: NOW - 2 * HOUR }],
  ['G8', 'two failures, 1 ms less', { failures: 2, lastEndedAt: NOW - 4 * HOUR + 1 }, 'cooldown'],
  ['G8', 'two failures, four hours', { failures: 2, lastEndedAt: NOW - 4 * HOUR }],
  [
    'G8',
    '9 failures, under the cap',
    { failures: 9, lastEndedAt: NOW - 24 * HOUR + 1 },
    'cooldown',
  ],
  ['G8', '2000 failures, at the cap', { failures: 2_000, lastEndedAt: NOW - 24 * HOUR }],
  ['D7', 'a person approves within the cooldown', { lastEndedAt: NOW, trigger: 'approval' }],
  ['G9', 'four runs today', { firesToday: 4 }, 'daily_fires'],
  ['G10', 'the average fits to the cent', { usdToday: 48 }],
  ['G10', 'the average passes the limit', { usdToday: 48.01 }, 'daily_cost'],
  [
    'G10',
    'the first ever counts as 1 usd',
    { averageUsd: undefined, usdToday: 49.01 },
    'daily_cost',
  ],
  ['G10', 'a 1 usd reservation fits', { averageUsd: undefined, usdToday: 49 }],
  ['G10', 'an average of 0 is no reservation', { averageUsd: 0, usdToday: 49.01 }, 'daily_cost'],
  ['G11', 'three plans in the cycle', { cyclePlans: 3 }, 'cycle_full'],
  ['D7', 'a person approves a plan of a full cycle', { cyclePlans: 3, trigger: 'approval' }],
  ['G12', 'another run holds the lease', { leaseHolder: 'run-1' }, 'lease_busy'],
  ['G13', 'all slots are taken', { slotsTaken: 20 }, 'plane_full'],
]

test.each(ROWS)('%s: %s', (_id, _when, change, gate) => {
  expect(evaluateGates({ ...OPEN, ...change }, [])?.gate).toBe(gate)
})

test.each<[gate: string, change: Partial<GateFacts>, clearsAt: number | undefined]>([
  ['dormant', ASLEEP, NOW + 22 * HOUR],
  ['recent_user_activity', { lastActivityAt: NOW - MINUTE }, NOW + 4 * MINUTE],
  ['cooldown', { lastEndedAt: NOW - MINUTE, failures: 1 }, NOW + 119 * MINUTE],
  ['daily_fires', { firesToday: 9 }, undefined],
])('G: %s says when it opens by itself, if it does', (gate, change, clearsAt) => {
  const shut = evaluateGates({ ...OPEN, ...change }, [])
  expect(shut?.gate).toBe(gate)
  expect(shut?.message).toMatch(/\w/)
  expect(shut?.clearsAt).toBe(clearsAt)
})

describe('with every gate shut', () => {
  const shut: GateFacts = {
    ...OPEN,
    ...ASLEEP,
    config: config({ enabled: false }),
    lastActivityAt: NOW,
    firesToday: 4,
    usdToday: 50,
    cyclePlans: 3,
    leaseHolder: 'run-1',
    slotsTaken: 20,
    lastEndedAt: NOW - MINUTE,
  }
  const inOrder = (facts: GateFacts): string[] => {
    const seen: string[] = []
    for (;;) {
      const next = evaluateGates(facts, seen)?.gate
      if (next === undefined || seen.includes(next)) return seen
      seen.push(next)
    }
  }

  test.each<'by_person' | 'auto'>(['by_person', 'auto'])(
    'G: the order is fixed (paused %s)',
    (paused) => {
      expect(inOrder({ ...shut, paused })).toEqual([
        paused === 'auto' ? 'auto_paused' : 'project_paused',
        'project_disabled',
        'dormant',
        'recent_user_activity',
        'cooldown',
        'daily_fires',
        'daily_cost',
        'cycle_full',
        'lease_busy',
      ])
    },
  )

  test('G15: the lease and the slots of the plane cannot be forced', () => {
    const all = [...FORCEABLE, 'lease_busy', 'plane_full', 'state_unreadable']
    expect(evaluateGates(shut, all)?.gate).toBe('lease_busy')
    expect(evaluateGates({ ...shut, leaseHolder: undefined }, all)?.gate).toBe('plane_full')
    expect(FORCEABLE).not.toContain('state_unreadable')
  })

  test('G15: a gate is passed only when it is named', () => {
    const named = fc.subarray([...FORCEABLE])
    fc.assert(
      fc.property(named, (forced) => {
        const gate = evaluateGates({ ...shut, paused: 'auto' }, forced)?.gate ?? ''
        const first = inOrder({ ...shut, paused: 'auto' }).find((it) => !forced.includes(it))
        expect(gate).toBe(first)
      }),
    )
  })
})
