import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { recordReport } from '#functions/steps/record-report.ts'
import { openScene, type Scene } from '#test/functions/scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

describe('RecordReport', () => {
  test("says whether the report turn handed in the agent's words", async () => {
    const run = await scene.run()
    const turn = await scene.turn(run, 1, 'report')
    const input = { runId: run.id, turnId: turn.id }
    expect(await recordReport(scene.world)(input)).toEqual({ words: false })
    const report = { headline: 'Mended', body: '', followUps: [] }
    await scene.result(turn.attemptId ?? '', { report })
    expect(await recordReport(scene.world)(input)).toEqual({ words: true })
  })

  test('a report turn that died without a word has failed, and nothing else has (R1)', async () => {
    const run = await scene.run()
    const turn = await scene.turn(run, 1, 'report', { status: 'running' })
    for (const _ of ['first', 'second'])
      expect(await recordReport(scene.world)({ runId: run.id, turnId: turn.id })).toEqual({
        words: false,
      })
    expect(await scene.kinds(run.id)).toEqual(['turn.ended'])
  })
})
