import { spawnSync } from 'node:child_process'
import { fail, type Judgement, ok, warn } from './diagnosis.ts'
import { findProgram } from './programs.ts'

/** What is known of what can stand around agents. */
export interface SandboxFacts {
  /** The setting of the plane, where it has one. */
  readonly wanted: string | undefined
  /** Why bubblewrap does not run anything here; undefined where it does. */
  readonly failure: string | undefined
}

/** What stands between an agent and its user's files (E10, A7). */
export const judgeSandbox = ({ wanted, failure }: SandboxFacts): Judgement => {
  const guard = 'agents run as you, which is a guard and no wall'
  const otherwise = 'run agents that you trust, or the plane as a user that owns nothing.'
  if (wanted === 'none')
    return warn(`VIGIL_SANDBOX is none: ${guard}`, `Set it to bubblewrap, ${otherwise}`)
  if (wanted === 'bubblewrap' && failure !== undefined)
    return fail(`${failure}, and VIGIL_SANDBOX asks for it: no plane starts`, 'Install bubblewrap.')
  if (failure !== undefined) return warn(`${failure}: ${guard}`, `Install bubblewrap, ${otherwise}`)
  return ok('agents run in bubblewrap, which works here')
}

/** Runs a program that does nothing in bubblewrap, with the PATH of the plane. */
export const probeSandbox = (env: NodeJS.ProcessEnv): SandboxFacts => {
  const wanted = env.VIGIL_SANDBOX
  if (findProgram('bwrap', env) === undefined)
    return { wanted, failure: 'bubblewrap is not installed' }
  const { status, stderr } = spawnSync('bwrap', NOTHING, { env, encoding: 'utf8', timeout: 5_000 })
  const said = stderr?.trim().split('\n', 1)[0] ?? ''
  return { wanted, failure: status === 0 ? undefined : `bubblewrap does not work here (${said})` }
}

const NOTHING = ['--ro-bind', '/', '/', '--unshare-pid', '--proc', '/proc', '--dev', '/dev', 'true']
