import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Source } from '#core/contracts/project.ts'
import { UsageError } from './usage-error.ts'

/** Where work is to be done, checked as far as it can be from here: a URL, or a path. */
export const sourceOf = (given: string, copy: boolean): Source => {
  if (/^[a-z+]+:\/\/|^[^/]+@[^/]+:/.test(given)) return { strategy: 'git', location: given }
  const path = resolve(given)
  if (!existsSync(path)) throw new UsageError(`no such path: ${path}`)
  if (!statSync(path).isDirectory()) throw new UsageError(`${path} is no folder`)
  try {
    accessSync(path, constants.R_OK | constants.X_OK)
  } catch {
    throw new UsageError(`${path} cannot be read by this user`)
  }
  const location = realpathSync(path)
  if (copy) return { strategy: 'copy', location }
  const root = git(location, 'rev-parse', '--git-dir')
  if (root === undefined)
    throw new UsageError(
      `${path} is no git repository: name one, or take the folder as it is with --copy`,
    )
  try {
    accessSync(resolve(location, root, 'HEAD'), constants.R_OK)
  } catch {
    throw new UsageError(`${join(path, '.git')} cannot be read by this user`)
  }
  if (git(location, 'rev-parse', '--is-shallow-repository') === 'true')
    throw new UsageError(`${path} is a shallow clone: run \`git fetch --unshallow\` in it first`)
  if (git(location, 'rev-parse', '--verify', '--quiet', 'HEAD^{commit}') === undefined)
    throw new UsageError(`${path} has no commit yet: make a first one`)
  return { strategy: 'git', location: git(location, 'rev-parse', '--show-toplevel') ?? location }
}

/** Id of the project for a repository: its name, and a hash so that equal names stay apart. */
export const projectIdOf = ({ location }: Source): string => {
  const name = basename(location, '.git')
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 30)
  const hash = createHash('sha256').update(location).digest('hex').slice(0, 6)
  return `${name || 'project'}-${hash}`
}

const git = (cwd: string, ...args: string[]): string | undefined => {
  try {
    const safe = ['-c', 'safe.directory=*']
    return execFileSync('git', [...safe, ...args], { cwd, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim()
  } catch {
    return undefined
  }
}
