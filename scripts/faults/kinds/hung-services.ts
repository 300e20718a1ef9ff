import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { openGitServer } from '../git-server.ts'
import type { FaultRow } from '../row.ts'
import { type Scene, until } from '../scene.ts'
import { HANGS_ONCE, hangs } from './workers.ts'

const ended = (scene: Scene) => scene.hit(({ endedAt }) => endedAt !== undefined)

const servers = new Map<string, Awaited<ReturnType<typeof openGitServer>>>()

const baseOf = ({ home, runId }: Scene): string =>
  join(home, 's3', 'vigil', 'attempts%2F', `${runId}-t1-a1%2F`, 'base.bundle')

/** Stages of an attempt that wait for something which does not come. */
export const hungFaults: readonly FaultRow[] = [
  {
    name: 'clone-hung',
    class: 'stall.prepare',
    does: 'clones from a server that does not answer',
    ends: 'no_plan',
    config: { clocks: { prepare: 3 } },
    limits: { noticed: 4_000, working: 6_000 },
    before: async ({ folder, closing }) => {
      const server = await openGitServer(folder)
      servers.set(folder, server)
      closing(server.close)
      return { source: { strategy: 'git', location: server.url } }
    },
    inject: async (scene) => {
      const server = servers.get(scene.folder)
      await until('the clone began', () => server?.firstAt() !== undefined)
      scene.faultAt = server?.firstAt()
      await ended(scene)
      server?.answer()
    },
  },
  {
    name: 'clone-refused',
    class: 'workspace.clone',
    does: 'clones from a repository that is gone for a while',
    ends: 'no_plan',
    limits: { noticed: 5_000 },
    inject: async (scene) => {
      renameSync(scene.repo, `${scene.repo}-away`)
      await scene.hit(({ claim }) => claim !== undefined)
      scene.faultAt = Date.now()
      await ended(scene)
      renameSync(`${scene.repo}-away`, scene.repo)
    },
  },
  {
    name: 'setup-hung',
    class: 'stall.prepare',
    does: 'runs a setup command that hangs',
    ends: 'no_plan',
    config: { clocks: { prepare: 3 }, setup: HANGS_ONCE },
    limits: { noticed: 4_000, working: 6_000 },
    inject: async (scene) => {
      await hangs(scene)
      scene.faultAt = Date.now()
    },
  },
  {
    name: 'setup-fails',
    class: 'workspace.setup',
    does: 'runs a setup command that fails the first time',
    ends: 'no_plan',
    config: { setup: 'mkdir "$FAULT_FOLDER/once" 2> /dev/null && exit 1; true' },
    limits: { noticed: 2_000 },
    inject: hangs,
  },
  {
    name: 'verification-hung',
    class: 'none',
    does: 'runs a verification command that hangs: it is red',
    phase: 'code',
    ends: 'executed',
    config: {
      clocks: { verify: 2 },
      verification: [{ command: HANGS_ONCE, expect: 'stays_green', files: [] }],
    },
    inject: hangs,
  },
  {
    name: 'upload-hung',
    class: 'stall.finish',
    does: 'hands its result to a bucket that does not answer',
    ends: 'no_plan',
    taskProxies: true,
    config: { clocks: { finish: 2 } },
    limits: { noticed: 3_000, working: 5_000 },
    inject: async (scene) => {
      let firstAt: number | undefined
      scene.proxy('taskServices').judge(({ method, path }) => {
        if (method !== 'PUT' || !path.includes('-t1-a1/')) return 'pass'
        firstAt ??= Date.now()
        return 'stall'
      })
      await until('an upload hangs', () => firstAt !== undefined)
      scene.faultAt = firstAt
    },
  },
  {
    name: 'base-missing',
    class: 'workspace.missing',
    does: "finds the cycle's base gone from the bucket for a while",
    phase: 'code',
    ends: 'executed',
    limits: { noticed: 5_000 },
    inject: async (scene) => {
      await scene.hit(() => true)
      renameSync(baseOf(scene), `${scene.folder}/base`)
      scene.faultAt = Date.now()
      await ended(scene)
      renameSync(`${scene.folder}/base`, baseOf(scene))
    },
  },
]
