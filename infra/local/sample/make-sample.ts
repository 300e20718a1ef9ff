import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { environment } from '#core/settings.ts'
import { COMMITS } from './commits.ts'

/**
 * Makes the sample repository, a small handbook with three broken links, unless the folder is
 * there. Its commits lie in the weeks before `now`; the same `now` makes the same commits. The
 * folder appears whole or not at all.
 */
export async function makeSample(folder: string, now: Date): Promise<void> {
  if (existsSync(folder)) return
  await mkdir(dirname(folder), { recursive: true })
  const unfinished = await mkdtemp(`${folder}.part-`)
  try {
    await git(unfinished, ['init', '--quiet', '--initial-branch=main', '--template='])
    for (const { message, daysAgo, files, removes } of COMMITS) {
      for (const { name, from = name, edit } of files) await lay(unfinished, name, from, edit)
      for (const name of removes ?? []) await rm(join(unfinished, name))
      await git(unfinished, ['add', '--all'])
      await git(unfinished, ['commit', '--quiet', `--message=${message}`], dateBefore(now, daysAgo))
    }
    await rename(unfinished, folder)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    // Another process may have made it meanwhile: a folder that isn't empty is not renamed onto.
    if (!existsSync(join(folder, '.git'))) throw error
  }
}

const HANDBOOK = join(import.meta.dirname, 'handbook')
const run = promisify(execFile)

async function lay(root: string, name: string, from: string, edit?: (text: string) => string) {
  const target = join(root, name)
  await mkdir(dirname(target), { recursive: true })
  if (!edit) return cp(join(HANDBOOK, from), target)
  await writeFile(target, edit(await readFile(join(HANDBOOK, from), 'utf8')))
}

function dateBefore(now: Date, days: number): string {
  const seconds = Math.floor(now.getTime() / 1000) - days * 24 * 60 * 60
  return `${seconds} +0000`
}

/** Git without the settings of the user or the machine, and with a fixed author. */
async function git(folder: string, args: readonly string[], date = ''): Promise<void> {
  await run('git', [...args], {
    cwd: folder,
    env: {
      PATH: environment().PATH,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Handbook',
      GIT_AUTHOR_EMAIL: 'handbook@example.invalid',
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: 'Handbook',
      GIT_COMMITTER_EMAIL: 'handbook@example.invalid',
      GIT_COMMITTER_DATE: date,
    },
  })
}
