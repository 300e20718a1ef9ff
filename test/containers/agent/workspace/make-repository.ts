import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeFolder } from '#test/containers/agent/make-folder.ts'

/** What to lay into a tree: text, bytes, or null to remove it. */
export type Tree = Record<string, string | Uint8Array | null>

/** A repository of a person, in a folder that goes when the test ends. */
export interface Repository {
  readonly path: string
  git(...args: string[]): string
  lay(tree: Tree): void
  /** Lays a tree and commits it. Answers the commit. */
  commit(tree: Tree, message?: string): string
}

/** Makes a repository with one commit of these files, or with none at all. */
export const makeRepository = (tree?: Tree): Repository => {
  const repository = openRepository(join(makeFolder(), 'a repö'))
  mkdirSync(repository.path)
  shell(repository.path, 'git init --quiet --template= --initial-branch=main')
  if (tree) repository.commit(tree, 'Begin')
  return repository
}

/** The repository in a folder. */
export const openRepository = (path: string): Repository => {
  const lay = (tree: Tree) => {
    for (const [name, content] of Object.entries(tree)) {
      mkdirSync(dirname(join(path, name)), { recursive: true })
      if (content === null) rmSync(join(path, name), { recursive: true })
      else writeFileSync(join(path, name), content)
    }
  }
  return {
    path,
    git: (...args) => shell(path, 'git -c core.quotePath=false "$@"', ...args),
    lay,
    commit: (tree, message = 'Go on') => {
      lay(tree)
      return shell(path, COMMIT, message)
    },
  }
}

/** One process of the test's own for many of git's: starting one from here is what takes time. */
const COMMIT = 'git add --all && git commit --quiet --allow-empty -m "$1" && git rev-parse HEAD'

const shell = (cwd: string, script: string, ...args: string[]): string =>
  execFileSync('/bin/sh', ['-c', script, 'sh', ...args], { cwd, encoding: 'utf8', env: ENV }).trim()

const ENV = {
  PATH: process.env.PATH,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@example.invalid',
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@example.invalid',
}
