import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/**
 * Whether that very process listens at a TCP port. An engine that lost the race for its port is dead
 * a moment later, and until then somebody else answers there.
 */
export const ownsPort = (pid: number, port: number): boolean => {
  const wanted = listeners(port).map((inode) => `socket:[${inode}]`)
  return wanted.length > 0 && sockets(pid).some((socket) => wanted.includes(socket))
}

/** Inodes of the sockets that listen at a port, by the kernel's tables. */
const listeners = (port: number): string[] => {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    readFileSync(table, 'latin1')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local, , state]) => local?.endsWith(`:${hex}`) && state === LISTEN)
      .flatMap((fields) => fields[INODE] ?? []),
  )
}

const sockets = (pid: number): string[] => {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`))
  } catch {
    return []
  }
}

const LISTEN = '0A'
const INODE = 9
