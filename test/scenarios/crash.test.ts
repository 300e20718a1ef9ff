import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { endOf, eventOf, fireRun, openScene, processesBelow } from './plane-process.ts'

type Scene = Awaited<ReturnType<typeof openScene>>
let scene: Scene

beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.close())

const SLOW = { variables: { JANITOR_PAUSE_MS: '1500' }, audit: false }

const coding = (event: { kind: string; attemptId?: string | undefined }) =>
  event.kind === 'attempt.claimed' && event.attemptId?.includes('-t2-') === true

describe('a run whose parts are killed', { timeout: 60_000 }, () => {
  test('the plane, kill -9 in a turn: the next one goes on with the live agent (S6)', async () => {
    const first = await scene.up()
    const runId = await fireRun(first.client, scene.repo, SLOW)
    await eventOf(first.client, runId, coding)
    await first.kill()
    const second = await scene.up()
    const { status, events } = await endOf(second.client, runId)
    expect(status).toBe('executed')
    expect(events.filter(({ kind }) => kind === 'run.ended')).toHaveLength(1)
    expect(events.filter(({ kind }) => kind === 'attempt.lost')).toHaveLength(0)
  })

  test('the supervisor, kill -9: noticed within 2 s, a new attempt executes the plan (T9)', async () => {
    const { client } = await scene.up()
    const runId = await fireRun(client, scene.repo, SLOW)
    const { facts } = await eventOf(client, runId, coding)
    const killed = Date.now()
    process.kill(Number(facts?.pid), 'SIGKILL')
    const lost = await eventOf(client, runId, ({ kind }) => kind === 'attempt.lost')
    expect(Date.parse(lost.at) - killed).toBeLessThan(2_000)
    expect(lost.reason).toBe('worker.lost')
    const { status, events } = await endOf(client, runId)
    expect(status).toBe('executed')
    expect(events.filter(({ kind }) => kind === 'run.ended')).toHaveLength(1)
  })

  test('the agent, SIGSTOP: stalled under its clock, killed, tried again (T2, T5, T6)', async () => {
    const { client } = await scene.up()
    const config = { ...SLOW, clocks: { progress: 1, tool: 1 }, retries: { backoffSeconds: 1 } }
    const runId = await fireRun(client, scene.repo, config)
    const { facts } = await eventOf(client, runId, coding)
    const agent = await agentOf(Number(facts?.pid))
    process.kill(agent, 'SIGSTOP')
    const stalled = await eventOf(client, runId, ({ kind }) => kind === 'attempt.stalled')
    expect(stalled.reason).toMatch(/^stall\.(progress|tool)$/)
    const { status } = await endOf(client, runId)
    expect(status).toBe('executed')
    await expect(readFile(`/proc/${agent}/stat`)).rejects.toThrow()
  })

  test('cancelled in a turn: the agent is dead, the lease is free, the report is there (S1)', async () => {
    const { client } = await scene.up()
    const runId = await fireRun(client, scene.repo, SLOW)
    const { facts } = await eventOf(client, runId, coding)
    const agent = await agentOf(Number(facts?.pid))
    await client.cancel(runId)
    const { status } = await endOf(client, runId)
    expect(status).toBe('cancelled')
    await expect(readFile(`/proc/${agent}/stat`)).rejects.toThrow()
    expect((await client.report(runId)).report.outcome).toBe('cancelled')
    const again = await client.fire('scene', { force: ['cooldown'], propose: false })
    expect(again.run).not.toBeNull()
    await endOf(client, again.run ?? '')
  })

  test('nothing is left when the plane is stopped', async () => {
    const { client } = await scene.up()
    const runId = await fireRun(client, scene.repo, SLOW)
    await eventOf(client, runId, coding)
    await scene.close()
    expect(await processesBelow(scene.home)).toEqual([])
  })
})

/** The agent's process below a supervisor. */
const agentOf = async (supervisor: number): Promise<number> => {
  for (;;) {
    const text = await readFile(`/proc/${supervisor}/task/${supervisor}/children`, 'utf8')
    for (const pid of text.trim().split(' ').filter(Boolean)) {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      if (command.includes('janitor/main')) return Number(pid)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
