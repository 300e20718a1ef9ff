import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Makes a repository with one commit. */
export const makeRepository = (folder: string): void => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@test.invalid', ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder },
    })
  git('init', '--quiet', '--initial-branch=main')
  writeFileSync(join(folder, 'README.md'), '# A repository\n')
  git('add', '--all')
  git('commit', '--quiet', '-m', 'Begin')
}
