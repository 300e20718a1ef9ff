import { spawnSync } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fail, type Judgement, ok } from './diagnosis.ts'

/** Whether git is there, and what it says that it is. */
export const judgeGit = (version: string | undefined): Judgement =>
  version === undefined ? fail('git is not on the PATH of the plane', 'Install git.') : ok(version)

/** The first line of `git --version`, with the PATH of the plane. */
export const gitVersion = (env: NodeJS.ProcessEnv): string | undefined => {
  const { status, stdout } = spawnSync('git', ['--version'], {
    env,
    encoding: 'utf8',
    timeout: 5_000,
  })
  return status === 0 ? stdout.trim() : undefined
}

/** Where a program is on a PATH, or whether a path is one that can be run. */
export const findProgram = (
  program: string,
  { PATH = '' }: NodeJS.ProcessEnv,
): string | undefined => {
  const places = program.includes('/')
    ? [program]
    : PATH.split(delimiter).map((folder) => join(folder, program))
  return places.find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return statSync(path).isFile()
    } catch {
      return false
    }
  })
}
