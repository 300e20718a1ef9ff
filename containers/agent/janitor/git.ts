import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Runs git in a folder and answers its stdout. The user's and the machine's git settings are left
 * out unless the environment names some, and a monitor that the repository names isn't started.
 * Rejects when git exits non-zero or takes over a minute.
 */
export async function git(folder: string, args: readonly string[], stdin = ''): Promise<string> {
  const running = run('git', ['-c', 'core.fsmonitor=false', ...args], {
    cwd: folder,
    env: { GIT_CONFIG_GLOBAL: '/dev/null', ...environment(), ...SETTINGS },
    maxBuffer: 512 * 1024 * 1024,
    timeout: 60_000,
  })
  // A command that doesn't read may be gone before the pipe is closed.
  running.child.stdin?.on('error', () => {})
  running.child.stdin?.end(stdin)
  return (await running).stdout
}

/** The words of a `-z` listing. */
export function words(listing: string): string[] {
  return listing.split('\0').filter((word) => word !== '')
}

/** Without what names another repository, as it does inside of a hook. */
function environment(): NodeJS.ProcessEnv {
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_PREFIX, GIT_COMMON_DIR, ...rest } =
    process.env
  return rest
}

const SETTINGS = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_NO_LAZY_FETCH: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
}
