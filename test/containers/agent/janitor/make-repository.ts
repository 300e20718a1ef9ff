import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** What to lay into a tree: text or bytes, a symlink's target, or null to remove the path. */
export type Tree = Record<string, string | Uint8Array | { link: string } | null>

/** Makes a throw-away git repository with one commit; it goes when the test ends. */
export function makeRepository(tree: Tree): string {
  const root = mkdtempSync(join(tmpdir(), 'janitor-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  gitIn(root, 'init', '--quiet', '--initial-branch=main', '--template=')
  commitTree(root, tree, 'Begin')
  return root
}

/** Lays a tree over the checkout and commits it. */
export function commitTree(root: string, tree: Tree, message: string): string {
  layTree(root, tree)
  gitIn(root, 'add', '--all', '--force')
  gitIn(root, 'commit', '--quiet', '--allow-empty', '-m', message)
  return gitIn(root, 'rev-parse', 'HEAD').trim()
}

/** Lays a tree over the checkout. */
export function layTree(root: string, tree: Tree): void {
  for (const [name, content] of Object.entries(tree)) {
    const path = join(root, name)
    mkdirSync(dirname(path), { recursive: true })
    rmSync(path, { recursive: true, force: true })
    if (content === null) continue
    if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, path)
    else writeFileSync(path, content)
  }
}

/** Runs git there, without the settings of whoever runs the tests. */
export function gitIn(root: string, ...args: string[]): string {
  return execFileSync(
    'git',
    ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid', ...args],
    {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    },
  )
}
