import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'
import { type Deed, readDeeds, runScenario } from './crash/scenario.ts'
import { journalPath, trail } from './open-test-engine.ts'

const EXECUTION = 'arn:aws:states:eu-west-1:123456789012:execution:parent:whole'

async function finish(path: string) {
  let writes = 0
  const engine = await runScenario(path, (n) => {
    writes = n
  })
  const { status, output } = engine.describeExecution({ executionArn: EXECUTION })
  const events = trail(engine, EXECUTION)
  const stateMachineArn = engine.stateMachineArn('child')
  const children = engine.listExecutions({ stateMachineArn }).executions.length
  await engine.close()
  return { end: { status, output, events, children }, writes, deeds: readDeeds(`${path}.deeds`) }
}

function die(path: string, atWrite: number): Promise<string | null> {
  const file = 'test/infra/local/step-functions/crash/die-at-write.ts'
  return new Promise((resolve) => {
    execFile(process.execPath, ['--no-warnings', file, path, String(atWrite)], (error) =>
      resolve(error?.signal ?? null),
    )
  })
}

function callsOf(deeds: Deed[]): string[] {
  return deeds.flatMap((deed) =>
    'call' in deed ? [`${deed.call} ${JSON.stringify(deed.event)}`] : [],
  )
}

function statusesOf(deeds: Deed[]): Set<string> {
  return new Set(
    deeds.flatMap((deed) => ('status' in deed ? [`${deed.name === 'whole'} ${deed.status}`] : [])),
  )
}

test('killed at any write of the journal, an execution ends as if nothing had happened', async () => {
  const undisturbed = await finish(journalPath())
  expect(undisturbed.end.status).toBe('SUCCEEDED')
  expect(undisturbed.writes).toBeGreaterThan(20)
  const moments = Array.from({ length: undisturbed.writes }, (_, index) => index + 1)

  async function check(moment: number | undefined): Promise<void> {
    if (moment === undefined) return
    const path = journalPath()
    expect([moment, await die(path, moment)]).toEqual([moment, 'SIGKILL'])
    const { end, deeds } = await finish(path)
    expect([moment, end]).toEqual([moment, undisturbed.end])
    const calls = callsOf(deeds)
    expect(new Set(calls).size).toBe(callsOf(undisturbed.deeds).length)
    expect(calls.length - new Set(calls).size).toBeLessThanOrEqual(1)
    expect(statusesOf(deeds)).toEqual(statusesOf(undisturbed.deeds))
    return check(moments.shift())
  }
  await Promise.all([check(moments.shift()), check(moments.shift())])
}, 120_000)
