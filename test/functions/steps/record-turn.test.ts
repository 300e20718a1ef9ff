import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { recordTurn } from '#functions/steps/record-turn.ts'
import { openScene, type Scene } from '#test/functions/scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

const executing = async () => {
  const run = await scene.run()
  const plan = await scene.plan(run)
  return { run, plan }
}
const BUG = { severity: 'bug', title: 'It is wrong', detail: 'See line 3' } as const

describe('RecordTurn', () => {
  test("a coding turn moves the cycle's head (C2)", async () => {
    const { run } = await executing()
    const { store } = scene.world
    const { openCycle } = await import('#functions/steps/open-cycle.ts')
    await openCycle(scene.world)({ runId: run.id })
    const turn = await scene.turn(run, 1, 'code')
    const head = { commit: 'c'.repeat(40), key: 'attempts/x/checkpoint-1.bundle' }
    await scene.result(turn.attemptId ?? '', { completion: { status: 'done', summary: 's' }, head })
    await recordTurn(scene.world)({ runId: run.id, turnId: turn.id })
    const { cycleId = '' } = (await store.runs.get(run.id)) ?? {}
    expect(await store.cycles.get(cycleId)).toMatchObject({ head })
    expect(await store.turns.get(turn)).toMatchObject({ verdict: 'complete' })
  })

  test.each([
    [{ status: 'done' }, 'complete'],
    [{ status: 'continue' }, 'continue'],
    [{ status: 'done', needsRerun: true }, 'continue'],
  ] as const)('a coding turn that ends with %j is %s (E7, T14)', async (completion, verdict) => {
    const { run } = await executing()
    const turn = await scene.turn(run, 1, 'code')
    await scene.result(turn.attemptId ?? '', { completion: { ...completion, summary: 's' } })
    await recordTurn(scene.world)({ runId: run.id, turnId: turn.id })
    expect(await scene.world.store.turns.get(turn)).toMatchObject({ verdict })
  })

  test('an audit with a bug is dirty and opens a finding; the next clean one closes it (E3, E4)', async () => {
    const { run, plan } = await executing()
    const dirty = await scene.turn(run, 1, 'audit')
    await scene.result(dirty.attemptId ?? '', {
      completion: { status: 'done', summary: 's', verdict: 'request_changes' },
      findings: [BUG],
    })
    for (const _ of ['first', 'second'])
      await recordTurn(scene.world)({ runId: run.id, turnId: dirty.id })
    expect(await scene.world.store.turns.get(dirty)).toMatchObject({ verdict: 'dirty' })
    const clean = await scene.turn(run, 2, 'audit')
    await scene.result(clean.attemptId ?? '', {
      completion: { status: 'done', summary: 's', verdict: 'approve' },
    })
    await recordTurn(scene.world)({ runId: run.id, turnId: clean.id })
    expect(await scene.world.store.turns.get(clean)).toMatchObject({ verdict: 'clean' })
    const [finding] = await scene.world.store.findings.all(`plan#${plan.id}`, 'finding#')
    expect(finding).toMatchObject({ ...BUG, status: 'fixed', sightings: 1 })
    expect(await scene.kinds(run.id)).toEqual(['finding.opened', 'finding.closed'])
  })

  test.each([
    [true, 'proved'],
    [false, 'unproved'],
  ])('a proof that came out %s is kept with the run as %s (E12)', async (proved, verdict) => {
    const { run } = await executing()
    const turn = await scene.turn(run, 1, 'prove')
    const proof = { baseCommit: 'a', headCommit: 'b', checks: [], proved }
    await scene.result(turn.attemptId ?? '', { proof })
    await recordTurn(scene.world)({ runId: run.id, turnId: turn.id })
    expect(await scene.world.store.runs.get(run.id)).toMatchObject({ proof: { proved } })
    expect(await scene.world.store.turns.get(turn)).toMatchObject({ verdict })
  })

  test.each([
    ['a clean audit', true, 'audit', 'approve', 2],
    ['a dirty audit', true, 'audit', 'request_changes', undefined],
    ['code, with audits on', true, 'code', undefined, undefined],
    ['code, with audits off', false, 'code', undefined, 2],
  ] as const)(
    '%s of the second of three sections (audits %s, %s, %s): %s are done (D6, E3)',
    async (...row) => {
      const [, audit, phase, verdict, done] = row
      const project = await scene.project()
      const run = await scene.run({ config: { ...project.config, audit } }, project)
      const plan = await scene.plan(run, { sections: 3 })
      const turn = await scene.turn(run, 1, phase, { section: 1 })
      const completion = { status: 'done', summary: 's', ...(verdict && { verdict }) } as const
      await scene.result(turn.attemptId ?? '', { completion })
      await recordTurn(scene.world)({ runId: run.id, turnId: turn.id })
      expect((await scene.world.store.plans.get(plan.id))?.sectionsDone).toBe(done)
    },
  )

  test('a section that is done stays done when an earlier one is done again (D6)', async () => {
    const run = await scene.run()
    const plan = await scene.plan(run, { sections: 3, sectionsDone: 2 })
    const turn = await scene.turn(run, 1, 'audit', { section: 0 })
    const completion = { status: 'done', summary: 's', verdict: 'approve' } as const
    await scene.result(turn.attemptId ?? '', { completion })
    await recordTurn(scene.world)({ runId: run.id, turnId: turn.id })
    expect(await scene.world.store.plans.get(plan.id)).toMatchObject({ sectionsDone: 2 })
  })

  test('a turn whose workflow died without a word has failed', async () => {
    const { run } = await executing()
    const turn = await scene.turn(run, 1, 'code', { status: 'running' })
    await recordTurn(scene.world)({ runId: run.id, turnId: turn.id })
    expect(await scene.world.store.turns.get(turn)).toMatchObject({
      status: 'failed',
      reason: 'bug',
    })
  })
})
