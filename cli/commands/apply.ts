import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import type { Client } from '#cli/client.ts'
import { openOutput } from '#cli/output.ts'
import { UsageError } from '#cli/usage-error.ts'
import { withPlane } from '#cli/with-plane.ts'
import type { Cycle } from '#core/contracts/cycle.ts'

/**
 * `vigil apply CYCLE`: fetches the cycle's branch into the source repository, touching no other
 * branch and no file; for a folder that is none it writes a patch.
 */
export const apply = (
  cycleId: string,
  { json = false, repo }: { json?: boolean; repo?: string },
): Promise<number> =>
  withPlane(async (client) => {
    const cycle = await client.cycle(cycleId)
    const into = resolve(repo ?? (await sourceOf(client, cycle)))
    const folder = await mkdtemp(join(tmpdir(), 'vigil-apply-'))
    try {
      const bundles = await download(client, cycle, folder)
      const done = (await isRepository(into))
        ? await fetchBranch(cycle, bundles.head, into)
        : await writePatch(cycle, bundles, folder, into)
      openOutput(json).answer({ cycle: cycle.id, branch: cycle.branch, ...done.facts }, done.text)
      return 0
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

const sourceOf = async (client: Client, cycle: Cycle): Promise<string> => {
  const project = (await client.projects()).find(({ id }) => id === cycle.projectId)
  const location = project?.config.source.location
  if (location?.startsWith('/')) return location
  throw new UsageError('the source is not on this machine: name a clone of it with --repo')
}

const download = async (client: Client, cycle: Cycle, folder: string) => {
  const urls = await client.bundles(cycle.id)
  const files = { base: join(folder, 'base.bundle'), head: join(folder, 'head.bundle') }
  for (const part of ['base', 'head'] as const) {
    const answer = await fetch(urls[part])
    if (!answer.ok) throw new UsageError(`the ${part} bundle of ${cycle.id} is gone`)
    await writeFile(files[part], Buffer.from(await answer.arrayBuffer()))
  }
  return files
}

const isRepository = async (path: string): Promise<boolean> =>
  (await execa('git', ['rev-parse', '--git-dir'], { cwd: path, reject: false })).exitCode === 0

const fetchBranch = async (cycle: Cycle, bundle: string, into: string) => {
  const refs = `refs/vigil/head:refs/heads/${cycle.branch}`
  const fetched = await execa('git', ['fetch', '--quiet', '--no-tags', bundle, refs], {
    cwd: into,
    reject: false,
  })
  if (fetched.exitCode !== 0)
    throw new UsageError(`${into} did not take the branch: ${fetched.stderr.split('\n', 1)[0]}`)
  return {
    facts: { repo: into },
    text: `${cycle.branch} is in ${into}. Look: git log -p ${cycle.branch}`,
  }
}

const writePatch = async (
  cycle: Cycle,
  bundles: { base: string; head: string },
  folder: string,
  into: string,
) => {
  const cwd = join(folder, 'repo.git')
  await execa('git', ['init', '--quiet', '--bare', cwd])
  for (const bundle of [bundles.base, bundles.head])
    await execa('git', ['fetch', '--quiet', bundle, '+refs/*:refs/in/*'], { cwd })
  const range = [cycle.baseCommit, cycle.head?.commit ?? cycle.baseCommit]
  const { stdout } = await execa('git', ['diff', '--binary', ...range], {
    cwd,
    stripFinalNewline: false,
  })
  const patch = join(into, `${cycle.id}.patch`)
  await writeFile(patch, stdout)
  return { facts: { patch }, text: `${into} is no repository: the work is in ${patch}` }
}
