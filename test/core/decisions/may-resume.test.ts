import { expect, test } from 'vitest'
import { PlanStatus } from '#core/contracts/plan.ts'
import { RunStatus } from '#core/contracts/run.ts'
import { mayResume, type ResumeFacts } from '#core/decisions/may-resume.ts'

const asked = (status: RunStatus, plan: PlanStatus | undefined, set: Partial<ResumeFacts> = {}) => {
  const may = mayResume({
    run: { id: 'run-1', status },
    plan: plan && { id: 'plan-1', status: plan },
    takenOverBy: undefined,
    resumedBy: undefined,
    ...set,
  })
  return may.from === 'nowhere' ? `${may.code}: ${may.remedy}` : may.from
}

test.each<[RunStatus, PlanStatus | undefined, string | RegExp]>([
  ['blocked', 'failed', 'plan'],
  ['failed', 'failed', 'plan'],
  ['exhausted', 'failed', 'plan'],
  ['timed_out', 'failed', 'plan'],
  ['budget_exhausted', 'failed', 'plan'],
  ['failed', 'ready', 'plan'],
  ['blocked', undefined, 'discovery'],
  ['budget_exhausted', undefined, 'discovery'],
  ['queued', undefined, /^run_not_ended: .*vigil watch run-1/],
  ['running', 'executing', /^run_not_ended: .*vigil watch run-1/],
  ['executed', 'completed', /^nothing_to_resume: .*vigil report/],
  ['no_plan', undefined, /^nothing_to_resume: .*vigil run --task/],
  ['proposed', 'ready', /^nothing_to_resume: .*vigil approve plan-1/],
  ['cancelled', 'ready', /^nothing_to_resume: .*vigil approve plan-1/],
  ['cancelled', undefined, /^nothing_to_resume: .*vigil run/],
  ['blocked', 'archived', /^plan_not_open: .*vigil run/],
  ['blocked', 'completed', /^plan_not_open: .*vigil run/],
  ['blocked', 'executing', /^plan_not_open: Wait/],
])('D6: a run that is %s with its plan %s: %s', (status, plan, expected) => {
  expect(asked(status, plan)).toMatch(expected)
})

test('D6: a run that another one went on from is resumed by resuming that one', () => {
  expect(asked('blocked', 'failed', { resumedBy: 'run-2' })).toMatch(
    /^already_resumed: .*vigil watch run-2.*vigil resume run-2/,
  )
})

test('D3: a plan whose work another one has taken over is left alone', () => {
  expect(asked('blocked', 'failed', { takenOverBy: 'plan-2' })).toMatch(/^plan_taken_over/)
})

test('whatever run and plan are, there is an answer', () => {
  for (const status of RunStatus.options)
    for (const plan of [undefined, ...PlanStatus.options])
      expect(asked(status, plan)).toMatch(/^(plan|discovery|[a-z_]+: [A-Z].+)$/)
})
