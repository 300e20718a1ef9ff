import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Plan } from '#core/contracts/plan.ts'
import type { Project } from '#core/contracts/project.ts'
import type { Run } from '#core/contracts/run.ts'
import { resumeRun } from '#functions/run/resume-run.ts'
import { openScene, type Scene } from '#test/functions/scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

/** A run that ended, and its project free again. */
const ended = async (set: Partial<Run> = {}, plan?: Partial<Plan>) => {
  const { store } = scene.world
  const project = await scene.project()
  const run = await scene.run({ status: 'blocked', ...set }, project)
  if (plan) await scene.plan(run, { status: 'failed', ...plan })
  await store.leases.update(project.id, { set: { runId: undefined } })
  const now = (await store.runs.get(run.id)) ?? run
  return { project, run: now }
}

const resume = async (
  { project, run }: { project: Project; run: Run },
  key?: string,
  forced: string[] = [],
) => {
  const current = (await scene.world.store.projects.get(project.id)) ?? project
  const resumed = await resumeRun(scene.world, {
    run,
    project: current,
    actor: 'test',
    forced,
    key,
  })
  if ('refused' in resumed) return { refused: resumed.refused.code }
  return resumed.run === null ? { gate: resumed.shut.gate } : { run: resumed.run }
}

const runOf = async (answer: { run?: string }) => scene.world.store.runs.get(answer.run ?? '')

describe('resume (D6)', () => {
  test('a blocked run goes on as a new one with its plan, its own counters and the name of the old', async () => {
    const before = await ended({ usd: 9, turns: 30, task: 'mend it' }, {})
    const run = await runOf(await resume(before))
    expect(run).toMatchObject({
      resumes: before.run.id,
      planId: before.run.planId,
      trigger: 'approval',
      task: 'mend it',
      usd: 0,
      turns: 0,
    })
  })

  test('a run that ended before there was a plan fires discovery again with the same task', async () => {
    const project = await scene.project()
    const config = { ...project.config, execute: 'approve' as const }
    const before = await ended({ task: 'mend it', config })
    const run = await runOf(await resume(before))
    expect(run).toMatchObject({ resumes: before.run.id, task: 'mend it', trigger: 'manual' })
    expect(run).toMatchObject({ config: { execute: 'approve' } })
    expect(run?.planId).toBeUndefined()
  })

  test('the same key is the same run, also when both come at once; without one, too (G16)', async () => {
    for (const key of ['k', undefined]) {
      const before = await ended({}, {})
      const answers = await Promise.all([1, 2, 3].map(() => resume(before, key)))
      expect(new Set(answers.map(({ run }) => run)).size).toBe(1)
      expect(await resume(before, key)).toEqual(answers[0])
    }
  })

  test('of two people who resume at once one run comes; later the newer run is named', async () => {
    const before = await ended({}, {})
    const answers = await Promise.all(['a', 'b', 'c'].map((key) => resume(before, key)))
    const started = answers.flatMap(({ run }) => run ?? [])
    expect(new Set(started).size).toBe(1)
    expect(await resume(before, 'd')).toEqual({ refused: 'already_resumed' })
  })

  test.each([
    ['cooldown and dormancy do not stop a person', {}, { run: expect.any(String) }],
    ['a failed discovery neither', undefined, { run: expect.any(String) }],
  ])('%s (G6, G8)', async (_, plan, expected) => {
    const before = await ended({}, plan)
    const now = new Date().toISOString()
    await scene.world.store.projects.update(before.project.id, {
      set: { lastEndedAt: now, lastOutcome: 'no_plan', failures: 2 },
    })
    expect(await resume(before)).toEqual(expected)
  })

  test('a lease that is held, a spent day and a paused project do; the last can be forced (G3, G10, G12)', async () => {
    const { store } = scene.world
    const before = await ended({}, {})
    await store.leases.update(before.project.id, { set: { runId: 'run-other' } })
    expect(await resume(before)).toEqual({ gate: 'lease_busy' })
    await store.leases.update(before.project.id, { set: { runId: undefined } })
    await store.projects.update(before.project.id, { set: { averageUsd: 51 } })
    expect(await resume(before)).toEqual({ gate: 'daily_cost' })
    await store.projects.update(before.project.id, { set: { averageUsd: 1, paused: 'auto' } })
    expect(await resume(before)).toEqual({ gate: 'auto_paused' })
    expect(await resume(before, undefined, ['auto_paused'])).toEqual({ run: expect.any(String) })
  })

  test('a plan whose dedupe key a newer one holds is not resumed (D3)', async () => {
    const { store } = scene.world
    const before = await ended({}, { dedupeKey: 'taken' })
    const other = await scene.run({}, before.project)
    const plan = await scene.plan(other, { dedupeKey: 'other' })
    await store.planKeys.update(
      { projectId: before.project.id, dedupeKey: 'taken' },
      { set: { planId: plan.id } },
    )
    expect(await resume(before)).toEqual({ refused: 'plan_taken_over' })
  })
})
