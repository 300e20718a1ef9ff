import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { execa } from 'execa'
import type { LocalSettings, Sandbox } from '#core/settings.ts'
import { PlaneError } from './plane-error.ts'

/** What stands around agents on this machine, and what of it they do not see. */
export interface LocalSandbox {
  readonly kind: Exclude<Sandbox, 'container'>
  readonly hidden: readonly string[]
}

/**
 * The sandbox of this machine's agents (A7): people's own folders and the plane's are hidden. Throws
 * a PlaneError when bubblewrap is asked for and does not work.
 */
export const chooseSandbox = async (
  wanted: LocalSettings['VIGIL_SANDBOX'],
  dataFolder: string,
): Promise<LocalSandbox> => {
  const none: LocalSandbox = { kind: 'none', hidden: [] }
  if (wanted === 'none') return none
  const { failed, stderr, message } = await execa('bwrap', PROBE, { reject: false })
  if (!failed) {
    const people = [homedir(), '/home', '/root'].filter((path) => path !== '/' && existsSync(path))
    const hidden = [...new Set([...people, dataFolder])]
    return { kind: 'bubblewrap', hidden: hidden.filter((path) => !isBelow(path, hidden)) }
  }
  if (wanted === 'auto') return none
  throw new PlaneError(
    `bubblewrap does not work here: ${stderr || message}. Install it, or set VIGIL_SANDBOX=none`,
  )
}

const isBelow = (path: string, others: readonly string[]): boolean =>
  others.some((above) => path.startsWith(`${above}/`))

const PROBE = ['--ro-bind', '/', '/', '--unshare-pid', '--proc', '/proc', '--dev', '/dev', 'true']
