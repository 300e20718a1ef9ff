import { expect, test } from 'vitest'
import { planMends } from '#containers/agent/janitor/plan-mends.ts'
import { plannedPairs } from '#containers/agent/janitor/planned-pairs.ts'
import type { Mend } from '#containers/agent/janitor/survey.ts'
import { PLAN_MAX_CHARACTERS, PlanProposal } from '#core/contracts/plan.ts'

function mends(number: number, length = 10): Mend[] {
  return Array.from({ length: number }, (_, n) => ({
    file: `docs/${'x'.repeat(length)}${n}.md`,
    from: 'Old.md',
    to: 'old.md',
    lines: [n + 1],
  }))
}

const surveyed = (found: Mend[]) => ({ files: 1, checked: 1, mends: found, unclear: [] })
const unclear = Array.from({ length: 500 }, (_, n) => ({
  file: `a${n}.md`,
  from: 'x'.repeat(200),
  lines: [1],
  candidates: Array.from({ length: 20 }, (_, m) => `candidate-${m}.md`),
}))

test.each([1, 2, 30, 31, 500])('a plan of %i links keeps the bounds of its contract', (number) => {
  for (const length of [1, 100, 285]) {
    const found = mends(number, length)
    const plan = planMends({ ...surveyed(found), unclear }, new Set())
    expect(PlanProposal.parse(plan)).toEqual(plan)
    expect(JSON.stringify(plan).length).toBeLessThan(PLAN_MAX_CHARACTERS)
    expect(plannedPairs(plan)).toEqual(
      found.slice(0, plan?.steps.length).map(({ file, from, to }) => ({ file, from, to })),
    )
  }
})

test('what one plan has no room for is planned when that plan is on record', () => {
  const found = mends(70)
  const taken = new Set<string>()
  const planned: string[] = []
  for (
    let plan = planMends(surveyed(found), taken);
    plan;
    plan = planMends(surveyed(found), taken)
  ) {
    taken.add(plan.dedupeKey)
    planned.push(...plannedPairs(plan).map(({ file }) => file))
  }
  expect(planned).toEqual(found.map(({ file }) => file))
})

test('the key names the set of links, not their order or lines', () => {
  const [one, two] = [mends(2), mends(2).reverse()].map((found) =>
    planMends(
      surveyed(found.map((mend) => ({ ...mend, lines: [found.indexOf(mend) + 9] }))),
      new Set(),
    ),
  )
  expect(one?.dedupeKey).toBe(two?.dedupeKey)
  expect(planMends(surveyed(mends(1)), new Set())?.dedupeKey).not.toBe(one?.dedupeKey)
})

test.each([
  [['README.md'], 'README.md'],
  [['docs/a/x.md', 'docs/b/y.md'], 'docs/'],
  [['docs/a/x.md', 'docs/a/y.md'], 'docs/a/'],
  [['docs/x.md', 'y.md'], '2 files'],
])('a plan for %j is titled by its place, %s', (files, place) => {
  const found = files.map((file) => ({ file, from: 'a', to: 'b', lines: [1] }))
  const number = found.length === 1 ? '1 broken link' : `${found.length} broken links`
  expect(planMends(surveyed(found), new Set())?.title).toBe(`Mend ${number} in ${place}`)
})

test('a link that no check can name is not planned', () => {
  const found = { file: 'a: b.md', from: 'Old.md', to: 'old.md', lines: [1] }
  expect(planMends(surveyed([found]), new Set())).toBeUndefined()
})
