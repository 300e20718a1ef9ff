import { execFile } from 'node:child_process'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Packs a published package and lays its files into a new folder. */
export async function unpack(name: string, cache: string, folder: string): Promise<void> {
  await mkdir(cache, { recursive: true })
  await run('npm', ['pack', '--silent', '--pack-destination', cache, name], {
    cwd: cache,
    timeout: 60_000,
  })
  const [tarball] = (await readdir(cache)).filter((file) => file.endsWith('.tgz'))
  if (tarball === undefined) throw new Error(`npm pack made no tarball of ${name}`)
  await mkdir(folder, { recursive: true })
  await run('tar', ['-xzf', join(cache, tarball), '-C', folder, '--strip-components=1'])
}

/** Commits all that is in a folder, making it a repository first when it is none. */
export async function commitAll(folder: string, message: string): Promise<void> {
  await git(folder, ['init', '--quiet', '--initial-branch=main', '--template='])
  await git(folder, ['add', '--all', '--force'])
  await git(folder, ['commit', '--quiet', '--allow-empty', `--message=${message}`])
}

async function git(folder: string, args: readonly string[]): Promise<void> {
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid']
  await run('git', [...author, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  })
}
