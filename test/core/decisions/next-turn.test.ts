import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Phase } from '#core/contracts/phase.ts'
import { TurnOutcome, TurnVerdict } from '#core/contracts/turn.ts'
import { type LoopFacts, nextTurn, type PastTurn, turnLimit } from '#core/decisions/next-turn.ts'

const FAILED = { status: 'failed', verdict: 'complete' } as const
const SETUP = { sections: 2, sectionsDone: 0, audit: true, sectionIterations: 6 }

/** `code 1 complete, audit 1 failed`: phase, section, verdict, or how it ended when it isn't done. */
const history = (text: string): PastTurn[] =>
  text === ''
    ? []
    : text.split(', ').map((words) => {
        const [phase, section, word] = words.split(' ')
        const verdict = TurnVerdict.safeParse(word).data
        return {
          phase: phase as Phase,
          section: Number(section),
          status: verdict ? 'done' : TurnOutcome.parse(word),
          verdict: verdict ?? 'complete',
        }
      })

/** `code 1`, or `end: turns`. */
const said = (facts: LoopFacts): string => {
  const next = nextTurn(facts)
  if (next.next === 'end') return next.reason === undefined ? 'end' : `end: ${next.reason}`
  return `${next.phase} ${next.section}`
}

test.each<[id: string, past: string, next: string]>([
  ['E1', '', 'code 0'],
  ['E1', 'discovery 0 complete', 'code 0'],
  ['E1', 'code 0 complete', 'audit 0'],
  ['E1', 'code 1 complete', 'audit 1'],
  ['E7', 'code 1 continue', 'code 1'],
  ['E1', 'audit 0 clean', 'code 1'],
  ['E1', 'audit 1 clean', 'final_audit 0'],
  ['E1', 'audit 1 dirty', 'code 1'],
  ['E1', 'final_audit 0 clean', 'prove 0'],
  ['E1', 'final_audit 0 dirty', 'fix 0'],
  ['E1', 'fix 0 complete', 'final_audit 0'],
  ['E7', 'fix 0 continue', 'fix 0'],
  ['E1', 'resolve 0 complete', 'final_audit 0'],
  ['E1', 'prove 0 proved', 'report 0'],
  ['E12', 'prove 0 unproved', 'fix 0'],
  ['E1', 'report 0 complete', 'end'],
  ['R1', 'report 0 failed', 'end'],
  ['E9', 'audit 1 complete', 'code 1'],
  ['E9', 'audit 1 proved', 'code 1'],
  ['E9', 'final_audit 0 complete', 'fix 0'],
  ['E12', 'prove 0 complete', 'fix 0'],
  ['E9', 'audit 1 failed', 'audit 1'],
  ['E9', 'final_audit 0 failed', 'final_audit 0'],
  ['E9', 'audit 1 failed, audit 1 failed', 'end: audit'],
  ['E9', 'final_audit 0 failed, final_audit 0 failed', 'end: final_audit'],
  ['E9', 'audit 0 failed, audit 0 dirty, audit 0 failed', 'audit 0'],
  ['E9', 'audit 1 blocked', 'end: audit'],
  ...TurnOutcome.options
    .filter((status) => status !== 'done')
    .map((status) => ['E1', `code 0 ${status}`, 'end: code'] satisfies [string, string, string]),
])('%s: with audits, after "%s" comes "%s"', (_id, past, next) => {
  expect(said({ ...SETUP, past: history(past) })).toBe(next)
})

test.each([
  ['E1', 'code 0 complete', 'code 1'],
  ['E1', 'code 1 complete', 'prove 0'],
  ['E7', 'code 1 continue', 'code 1'],
  ['E1', 'fix 0 complete', 'prove 0'],
  ['E1', 'resolve 0 complete', 'prove 0'],
])('%s: without audits, after "%s" comes "%s"', (_id, past, next) => {
  expect(said({ ...SETUP, audit: false, past: history(past) })).toBe(next)
})

test('E1: a plan without sections is one section', () => {
  const past = history('code 0 complete, audit 0 clean')
  expect(said({ ...SETUP, sections: 0, past })).toBe('final_audit 0')
})

test.each<[done: number, sections: number, audit: boolean, next: string]>([
  [0, 3, true, 'code 0'],
  [1, 3, true, 'code 1'],
  [2, 3, false, 'code 2'],
  [3, 3, true, 'final_audit 0'],
  [3, 3, false, 'prove 0'],
  [1, 0, true, 'final_audit 0'],
  [5, 3, true, 'final_audit 0'],
])(
  'D6: with %i of %i sections done before, audits %s, a run begins with %s',
  (done, sections, audit, next) => {
    const facts = { ...SETUP, sections, sectionsDone: done, audit }
    expect(said({ ...facts, past: [] })).toBe(next)
    expect(said({ ...facts, past: history('discovery 0 complete') })).toBe(next)
  },
)

describe('E5: what is spent is spent', () => {
  const times = (count: number, text: string) =>
    Array.from({ length: count }, () => history(text)).flat()
  const round = 'code 0 complete, audit 0 dirty'
  const mend = 'final_audit 0 dirty, fix 0 complete'
  const long = 'final_audit 0 dirty'

  test.each<[string, PastTurn[], string]>([
    ['5 dirty audits of a section', times(5, round), 'code 0'],
    ['6 dirty audits of a section', times(6, round), 'end: section_iterations'],
    ['6 turns that want to continue', times(6, 'code 0 continue'), 'end: section_iterations'],
    ['6 of a section before', [...times(6, round), ...history('audit 0 clean')], 'code 1'],
    ['5 mends', [...times(5, mend), ...history(long)], 'fix 0'],
    ['6 mends', [...times(6, mend), ...history(long)], 'end: section_iterations'],
    ['6 mends, E12', times(6, 'fix 0 complete, prove 0 unproved'), 'report 0'],
    ['39 turns', [...times(38, long), ...history('code 0 complete')], 'audit 0'],
    ['40 turns', [...times(39, long), ...history('code 0 complete')], 'end: turns'],
    [
      '40 turns, the last in trouble',
      [...times(39, long), ...history('code 0 partial')],
      'end: code',
    ],
    ['40 turns, proved', [...times(39, long), ...history('prove 0 proved')], 'report 0'],
    ['40 turns, E12', [...times(39, long), ...history('prove 0 unproved')], 'report 0'],
  ])('after %s', (_title, past, next) => {
    expect(said({ ...SETUP, past })).toBe(next)
  })

  test('the iterations of a section are a setting', () => {
    const past = history(round)
    expect(said({ ...SETUP, sectionIterations: 1, past })).toBe('end: section_iterations')
  })

  test.each([
    [0, 40],
    [6, 40],
    [7, 43],
    [8, 48],
  ])('a plan of %i sections has %i turns', (sections, turns) => {
    expect(turnLimit(sections)).toBe(turns)
  })
})

describe('whatever the turns answer', () => {
  const answer = fc.record({
    status: fc.oneof(
      { weight: 9, arbitrary: fc.constant('done' as const) },
      fc.constantFrom(...TurnOutcome.options),
    ),
    verdict: fc.constantFrom(...TurnVerdict.options),
  })
  const run = fc.record({
    answers: fc.array(answer, { minLength: 1, maxLength: 80 }),
    sections: fc.integer({ min: 0, max: 8 }),
    sectionsDone: fc.constant(0),
    audit: fc.boolean(),
    sectionIterations: fc.integer({ min: 1, max: 12 }),
  })
  type Run = typeof run extends fc.Arbitrary<infer T> ? T : never

  /** Plays a run to its end, the answers again and again. */
  const play = ({ answers, ...facts }: Run): PastTurn[] => {
    const past: PastTurn[] = []
    for (;;) {
      const next = nextTurn({ ...facts, past })
      if (next.next === 'end' || past.length > 100) return past
      const { status, verdict } = answers[past.length % answers.length] ?? FAILED
      past.push({ phase: next.phase, section: next.section, status, verdict })
    }
  }

  test('E5: a run ends within its budgets', () => {
    fc.assert(
      fc.property(run, (given) => {
        const past = play(given)
        const count = (phase: Phase, section?: number) =>
          past.filter((it) => it.phase === phase && (section ?? it.section) === it.section).length
        expect(past.length - count('report')).toBeLessThanOrEqual(turnLimit(given.sections))
        expect(count('report')).toBeLessThanOrEqual(1)
        expect(count('fix')).toBeLessThanOrEqual(given.sectionIterations)
        for (let section = 0; section < 8; section += 1)
          expect(count('code', section)).toBeLessThanOrEqual(given.sectionIterations)
      }),
      { numRuns: 500 },
    )
  })

  test('E3, E9: with audits on, nothing is proved before each section and the whole are clean', () => {
    fc.assert(
      fc.property(run, (given) => {
        const past = play({ ...given, audit: true })
        past.forEach(({ phase }, index) => {
          if (phase !== 'prove') return
          const earlier = past.slice(0, index)
          expect(earlier.at(-1)).toMatchObject({ phase: 'final_audit', verdict: 'clean' })
          for (let section = 0; section < Math.max(1, given.sections); section += 1)
            expect(
              earlier.findLast((it) => it.phase === 'audit' && it.section === section),
            ).toMatchObject({ status: 'done', verdict: 'clean' })
        })
      }),
      { numRuns: 500 },
    )
  })
})
