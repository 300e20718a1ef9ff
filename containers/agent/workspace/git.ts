import { dirname } from 'node:path'
import { ExecaError, execa } from 'execa'
import type { AsAgent } from '#containers/agent/processes/as-agent.ts'
import { Fault } from '#core/faults.ts'

/** Runs git in a folder and answers its stdout without the last newline. Throws when it fails. */
export type Git = (cwd: string, ...args: string[]) => Promise<string>

/** What git is run with. */
export interface GitOptions {
  /** Where git's own configuration lies. */
  readonly home: string
  readonly path: string
  readonly signal: AbortSignal
  readonly asAgent: AsAgent
  /** More variables, such as another index. */
  readonly extra?: Record<string, string>
}

/**
 * Git as the plane uses it: no configuration of a person, no hooks, no prompts, nothing that a
 * repository's own configuration could make it run as the supervisor.
 */
export const openGit =
  ({ home, path, signal, asAgent, extra = {} }: GitOptions): Git =>
  async (cwd, ...args) => {
    const [program, ...argv] = asAgent(['git', ...SAFE, ...args])
    const { stdout } = await execa(program, argv, {
      cwd,
      env: {
        PATH: path,
        HOME: home,
        LANG: 'C.UTF-8',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: `${home}/.gitconfig`,
        GIT_TERMINAL_PROMPT: '0',
        // A folder without .git must not lead to a person's repository above it.
        GIT_CEILING_DIRECTORIES: dirname(cwd),
        GIT_LFS_SKIP_SMUDGE: '1',
        GIT_AUTHOR_NAME: 'Vigil',
        GIT_AUTHOR_EMAIL: 'vigil@vigil.invalid',
        GIT_COMMITTER_NAME: 'Vigil',
        GIT_COMMITTER_EMAIL: 'vigil@vigil.invalid',
        ...extra,
      },
      extendEnv: false,
      stdin: 'ignore',
      cancelSignal: signal,
      maxBuffer: 200_000_000,
    })
    return stdout
  }

/** An agent may leave anything: what git cannot do in its workspace is no bug, and the work is rebuilt. */
export const ofWorkspace = (error: unknown): unknown =>
  error instanceof ExecaError
    ? new Fault('workspace.missing', 'git cannot work with what the agent left', { cause: error })
    : error

/** What git's own configuration file says: any owner's repository may be read from. */
export const GIT_CONFIG = '[safe]\n\tdirectory = *\n[init]\n\tdefaultBranch = main\n'

const SAFE = [
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.quotePath=false',
  '-c',
  'gc.auto=0',
  '-c',
  'commit.gpgSign=false',
]
