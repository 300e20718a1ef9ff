import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Client, openClient } from '#cli/client.ts'
import type { Event } from '#core/contracts/event.ts'
import { ProjectConfig } from '#core/contracts/project.ts'
import type { RunStatus } from '#core/contracts/run.ts'
import { runEnded } from '#core/decisions/transition.ts'
import { makeSample } from '#infra/local/sample/make-sample.ts'

/** The command line's program. */
export const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))
const NODE_FLAGS = ['--disable-warning=ExperimentalWarning']

/** Runs the command line as its own process, with a data folder and nothing else of this one's. */
export const vigil = (home: string, args: string[], extra: Record<string, string> = {}) =>
  spawn(process.execPath, [...NODE_FLAGS, MAIN, ...args], {
    cwd: home,
    env: {
      PATH: process.env.PATH,
      HOME: home,
      VIGIL_HOME: join(home, 'data'),
      VIGIL_CHECKPOINT_SECONDS: '0.3',
      ...extra,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

/** The same, to its end. */
export const vigilOnce = async (
  home: string,
  args: string[],
  extra: Record<string, string> = {},
) => {
  const child = vigil(home, args, extra)
  const text = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => {
    text.stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    text.stderr += chunk
  })
  await once(child, 'close')
  return { ...text, exit: child.exitCode }
}

/** A folder with a sample repository, and planes started on it. */
export const openScene = async () => {
  const home = await mkdtemp(join(tmpdir(), 'vigil-scene-'))
  const repo = join(home, 'repo')
  await makeSample(repo, new Date())
  const children: ChildProcess[] = []
  return {
    home,
    repo,
    /** Starts a plane in a process of its own and waits until it is ready. */
    up: async (): Promise<{ client: Client; kill: () => Promise<void> }> => {
      const child = vigil(home, ['up', '--json'])
      children.push(child)
      let said = ''
      child.stderr.on('data', (chunk) => {
        said += chunk
      })
      const lines = createInterface({ input: child.stdout })
      const first = await Promise.race([once(lines, 'line'), once(child, 'close')])
      if (typeof first[0] !== 'string') throw new Error(`the plane did not start: ${said}`)
      const token = await readFile(join(home, 'data', 'token'), 'utf8')
      const client = openClient({ url: JSON.parse(first[0]).url, token })
      const kill = async () => {
        child.kill('SIGKILL')
        await once(child, 'close')
      }
      return { client, kill }
    },
    close: async (): Promise<void> => {
      for (const child of children)
        if (child.exitCode === null && child.signalCode === null) {
          child.kill('SIGTERM')
          await once(child, 'close')
        }
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** Saves a project for the scene's repository and fires it. Answers the run's id. */
export const fireRun = async (
  client: Client,
  repo: string,
  config: Record<string, unknown> = {},
): Promise<string> => {
  await client.saveProject('scene', ProjectConfig.parse({ source: { location: repo }, ...config }))
  const fired = await client.fire('scene', { force: [], propose: false })
  if (fired.run === null) throw new Error(`not fired: ${fired.reason}`)
  return fired.run
}

/** The first event of a run that is as wanted. */
export const eventOf = async (
  client: Client,
  runId: string,
  wanted: (event: Event) => boolean,
): Promise<Event> => {
  for (let after = 0; ; ) {
    const events = await client.events(runId, after, 5)
    const found = events.find(wanted)
    if (found) return found
    after = events.at(-1)?.sequence ?? after
    if (events.some(({ kind }) => kind === 'run.ended'))
      throw new Error('the run ended before that')
  }
}

/** Waits for the end of a run; answers its status and all of its events. */
export const endOf = async (
  client: Client,
  runId: string,
): Promise<{ status: RunStatus; events: Event[] }> => {
  await eventOf(client, runId, ({ kind }) => kind === 'run.ended')
  const { run } = await client.run(runId)
  if (!runEnded(run.status)) throw new Error(`run.ended, but ${run.status}`)
  return { status: run.status, events: await client.events(runId, 0, 0) }
}

/** Processes whose environment or folder is below a path. */
export const processesBelow = async (folder: string): Promise<string[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')
      return environment.includes(`${folder}/`) ? pid : undefined
    }),
  )
  return found.filter((pid) => pid !== undefined && pid !== String(process.pid)) as string[]
}
