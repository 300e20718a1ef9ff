import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openClient } from '#cli/client.ts'
import { ProjectConfig } from '#core/contracts/project.ts'
import { Run } from '#core/contracts/run.ts'
import { takeSlot } from '#functions/store/slots.ts'
import { openPlane, type Plane } from '#infra/local/plane.ts'
import { openScene, vigilOnce } from './plane-process.ts'

const AT = '2026-01-31T12:00:00.000Z'
const config = ProjectConfig.parse({
  source: { location: '/nowhere' },
  agent: 'command:/nowhere/agent.sh',
  keys: ['A_KEY_THAT_NOBODY_HAS'],
})
const run = (id: string, status: string) =>
  Run.parse({
    id,
    status,
    projectId: 'demo',
    fireId: 'fire-1',
    trigger: 'manual',
    actor: 'test',
    forced: [],
    config,
    sequence: 0,
    turns: 0,
    attempts: 0,
    usd: 0,
    usdEstimated: false,
    waitedSeconds: 0,
    createdAt: AT,
    deadlineAt: AT,
  })
const OVER = 'run-over-t1-a1'

let scene: Awaited<ReturnType<typeof openScene>>
let plane: Plane
const pids: number[] = []

/** A process that only waits, marked as an attempt's agent. */
const agentOf = (attemptId: string): number => {
  const HOME = join(scene.home, 'data', 'tasks', '01x', 'work', 'home')
  const child = spawn('/bin/sleep', ['600'], {
    env: { HOME, VIGIL_AGENT_OF: attemptId },
    stdio: 'ignore',
    detached: true,
  })
  pids.push(child.pid ?? 0)
  return child.pid ?? 0
}

beforeAll(async () => {
  scene = await openScene()
  plane = await openPlane({ home: join(scene.home, 'data') })
  const { store } = plane.world
  await openClient(plane).saveProject('demo', config)
  const written = await store.table.transact([
    store.runs.create('run-lost', run('run-lost', 'running')),
    store.runs.create('run-over', run('run-over', 'failed')),
    store.attempts.create(OVER, {
      id: OVER,
      runId: 'run-over',
      turnId: 'run-over-t1',
      projectId: 'demo',
      number: 1,
      phase: 'code',
      state: 'stalled',
      fencingToken: 1,
      cancelRequested: false,
      beats: 0,
      acts: [],
      usage: {},
      usd: 0,
      runtime: 'command',
      launchedAt: AT,
      endedAt: AT,
    }),
    store.leases.create('demo', { runId: 'run-over', fencingToken: 1 }),
    takeSlot(store.table, 'run-nowhere', 20),
  ])
  expect(written).toBe(true)
})
afterAll(async () => {
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  await plane.close()
  await scene.close()
})

describe('the doctor of a plane that runs', () => {
  test('names what lost its owner, what lost its attempt, and what agents miss', async () => {
    const orphan = agentOf(OVER)
    const unknown = agentOf('run-none-t1-a1')
    const { stdout, exit } = await vigilOnce(scene.home, ['doctor'])
    expect(stdout).toMatch(/^fail runs: run-lost has no execution → .*vigil cancel run-lost/m)
    expect(stdout).toMatch(/^fail leases: demo is leased to run-over, which is over → /m)
    expect(stdout).toMatch(/^fail slots: a slot is held by run-nowhere, which is over → /m)
    expect(stdout).toMatch(/^fail keys: demo: A_KEY_THAT_NOBODY_HAS not in the environment/m)
    expect(stdout).toMatch(/^fail agents: demo: its agent \/nowhere\/agent\.sh cannot be run/m)
    expect(stdout).toMatch(/^fail processes: /m)
    expect(stdout).toContain(`agent ${orphan} of ${OVER}: its attempt is over`)
    expect(stdout).toContain(`agent ${unknown} of run-none-t1-a1: no such attempt`)
    expect(stdout).toMatch(/^ok {3}plane: pid \d+ answers/m)
    expect(exit).toBe(1)
  })

  test('mends nothing by looking', async () => {
    const { store } = plane.world
    expect(await store.leases.get('demo')).toMatchObject({ runId: 'run-over' })
    expect(await store.runs.get('run-lost')).toMatchObject({ status: 'running' })
    for (const pid of pids) expect(process.kill(pid, 0)).toBe(true)
  })
})
