import { basename, dirname } from 'node:path'
import type { AsAgent } from './as-agent.ts'

/** What the processes in a sandbox see of the machine: all of it, read-only, but for these folders. */
export interface View {
  /** Nothing of them is there. */
  readonly hidden: readonly string[]
  /** There again, to read. */
  readonly readable: readonly string[]
  readonly writable: readonly string[]
}

/**
 * Runs programs in a bubblewrap sandbox (A7): no capability, no process of anybody else, no sockets
 * of the machine's services, a /tmp of their own. The network is the machine's, for agents need their
 * model.
 */
export const inSandbox = ({ hidden, readable, writable }: View): AsAgent => {
  const options = [
    ...[
      '--die-with-parent',
      '--new-session',
      '--unshare-pid',
      '--unshare-ipc',
      '--cap-drop',
      'ALL',
    ],
    ...['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp'],
    ...['--tmpfs', '/run', ...NAMES.flatMap((path) => ['--ro-bind-try', path, path])],
    ...hidden.flatMap((path) => ['--tmpfs', path]),
    ...readable.flatMap((path) => ['--ro-bind-try', path, path]),
    ...writable.flatMap((path) => ['--bind', path, path]),
    '--',
  ]
  return (argv) => ['bwrap', ...options, ...argv]
}

/** Where the machine's resolver may keep its configuration. */
const NAMES: readonly string[] = ['/run/systemd/resolve', '/run/resolvconf', '/run/NetworkManager']

/**
 * The folders that programs of a PATH are in, for those which lie in a hidden one: of an installation
 * all of it, for its programs need their own files, but not of a tool's own folder in a home, where
 * credentials lie beside `bin`.
 */
export const installations = (path: string, hidden: readonly string[]): string[] =>
  path
    .split(':')
    .filter((folder) => hidden.some((above) => folder.startsWith(`${above}/`)))
    .map((folder) => {
      const parent = dirname(folder)
      const whole = folder.endsWith('/bin') || folder.endsWith('/.bin')
      const ofAHome = hidden.includes(parent) || hidden.includes(dirname(parent))
      const somebodys = ofAHome || basename(parent).startsWith('.')
      return whole && !somebodys ? parent : folder
    })
