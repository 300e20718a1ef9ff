import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Client, openClient } from '#cli/client.ts'
import { ProjectConfig } from '#core/contracts/project.ts'
import { runEnded } from '#core/decisions/transition.ts'
import { makeSample } from '#infra/local/sample/make-sample.ts'

const PLANE = fileURLToPath(new URL('./plane.ts', import.meta.url))

/** A data folder and a sample repository, on which planes live and die. */
export const openScene = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vigil-crash-'))
  const home = join(folder, 'data')
  await makeSample(join(folder, 'repo'), new Date('2026-01-31T12:00:00Z'))
  let child: ChildProcess | undefined
  let writes = 0
  return {
    home,
    repo: join(folder, 'repo'),
    /** Starts a plane; undefined when it died before it was ready. */
    up: async (dieAt: number): Promise<Client | undefined> => {
      child = spawn(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', PLANE, home, String(dieAt)],
        { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env.PATH, HOME: folder } },
      )
      const ended = once(child, 'close')
      const lines = createInterface({ input: child.stdout ?? process.stdin })
      lines.on('line', (line) => {
        writes = JSON.parse(line).writes ?? writes
      })
      const first = await Promise.race([once(lines, 'line'), ended])
      return typeof first[0] === 'string' ? openClient(JSON.parse(first[0])) : undefined
    },
    alive: () => child?.exitCode === null && child.signalCode === null,
    kill: async () => {
      child?.kill('SIGKILL')
      await died(child)
    },
    /** Resolves when the plane has died. */
    died: () => died(child),
    /** Stops the plane in good order; answers how often its journal was written. */
    down: async (): Promise<number> => {
      child?.kill('SIGTERM')
      await died(child)
      return writes
    },
    pidOf: async (what: 'dynamodb'): Promise<number> =>
      JSON.parse(await readFile(join(home, `${what}.pid`), 'utf8')).pid,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

export type Scene = Awaited<ReturnType<typeof openScene>>

const died = async (child: ChildProcess | undefined): Promise<void> => {
  while (child && child.exitCode === null && child.signalCode === null) await sleep(10)
}

/** Fires the sample under one idempotency key; asked again, it is the same run (G16). */
export const fireSample = async (client: Client, repo: string): Promise<string> => {
  const known = (await client.projects()).some(({ id }) => id === 'crash')
  const config = ProjectConfig.parse({ source: { location: repo } })
  if (!known) await client.saveProject('crash', config)
  const fired = await client.fire('crash', { force: [], propose: false }, 'the-fire')
  if (fired.run === null) throw new Error(`not fired: ${fired.reason}`)
  return fired.run
}

/** Waits until a run has ended. Throws after so many seconds. */
export const runEnd = async (client: Client, runId: string, seconds: number): Promise<void> => {
  for (const until = Date.now() + seconds * 1000; Date.now() < until; await sleep(50)) {
    const { run } = await client.run(runId)
    if (runEnded(run.status)) return
  }
  throw new Error(`${runId} did not end within ${seconds} s`)
}
