import { randomBytes } from 'node:crypto'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { PlaneError } from './plane-error.ts'
import { isAlive, processStartTime } from './processes.ts'

/** Format of the data folder; a newer one is refused. */
const VERSION = 1

const Owner = z.object({ pid: z.number().int(), startTime: z.string() })
const Ports = z.object({ api: z.number(), aws: z.number(), dynamodb: z.number() })
export type Ports = z.infer<typeof Ports>

/** The plane's data folder, held by one plane at a time. */
export interface DataFolder {
  readonly path: string
  /** The ports of the plane before this one: live supervisors still call them. */
  readonly ports: Ports | undefined
  /** Secret of the owner's API token. */
  readonly token: string
  /** Access key id that requests to the services must be signed with: a secret, too. */
  readonly accessKeyId: string
  /** Writes down where this plane answers. */
  publish(ports: Ports): void
  release(): void
}

/** Takes a data folder for this process. Throws a PlaneError that says what is in the way. */
export const takeDataFolder = (path: string): DataFolder => {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    checkSpace(path)
    checkVersion(path)
    takeLock(path)
    writeFileSync(join(path, 'version'), `${VERSION}\n`)
    return {
      path,
      ports: readPorts(path),
      token: secret(path, 'token'),
      accessKeyId: secret(path, 'access-key'),
      publish: (ports) => writeFileSync(join(path, 'plane.json'), JSON.stringify(ports)),
      release: () => rmSync(join(path, 'lock'), { force: true }),
    }
  } catch (error) {
    if (error instanceof PlaneError) throw error
    throw new PlaneError(`the data folder ${path} cannot be used: ${messageOf(error)}`)
  }
}

/** Where a plane on this data folder answers and its token, if one is running. */
export const findPlane = (path: string): { url: string; token: string } | undefined => {
  const owner = readOwner(join(path, 'lock'))
  const ports = readPorts(path)
  if (!owner || !isAlive(owner) || !ports) return undefined
  return { url: `http://127.0.0.1:${ports.api}`, token: secret(path, 'token') }
}

/** Table, journal and one small workspace. */
const SPACE_MIN_MB = 32

const checkSpace = (path: string): void => {
  const { bavail, bsize } = statfsSync(path)
  const free = Math.floor((bavail * bsize) / 1024 ** 2)
  if (free < SPACE_MIN_MB)
    throw new PlaneError(
      `the disk under ${path} is full: ${free} MB free, ${SPACE_MIN_MB} MB needed; make room, or set VIGIL_HOME to another folder`,
    )
}

const checkVersion = (path: string): void => {
  const file = join(path, 'version')
  const version = existsSync(file) ? Number(readFileSync(file, 'utf8')) : VERSION
  if (version > VERSION)
    throw new PlaneError(
      `the data folder ${path} is of a newer Vigil (format ${version}, this one knows ${VERSION}): upgrade, or set VIGIL_HOME to another folder`,
    )
}

/** A link is made or not, at once: of two planes one gets it. */
const takeLock = (path: string): void => {
  const lock = join(path, 'lock')
  const mine = join(path, `lock.${process.pid}`)
  writeFileSync(
    mine,
    JSON.stringify({ pid: process.pid, startTime: processStartTime(process.pid) }),
  )
  try {
    for (;;) {
      try {
        linkSync(mine, lock)
        return
      } catch (error) {
        const owner = readOwner(lock)
        if (owner && isAlive(owner))
          throw new PlaneError(`a plane with pid ${owner.pid} already runs on ${path}`)
        if (!existsSync(lock)) throw error
        takeAside(lock)
      }
    }
  } finally {
    rmSync(mine, { force: true })
  }
}

/** Of two planes that find a dead owner, one moves the lock away; it may by then be a live one's. */
const takeAside = (lock: string): void => {
  const aside = `${lock}.${process.pid}.stale`
  try {
    renameSync(lock, aside)
    const owner = readOwner(aside)
    if (owner && isAlive(owner)) linkSync(aside, lock)
  } catch {
    // Somebody else was faster: the next look tells who.
  } finally {
    rmSync(aside, { force: true })
  }
}

const readOwner = (lock: string): z.infer<typeof Owner> | undefined => {
  try {
    return Owner.parse(JSON.parse(readFileSync(lock, 'utf8')))
  } catch {
    return undefined
  }
}

const readPorts = (path: string): Ports | undefined => {
  try {
    return Ports.parse(JSON.parse(readFileSync(join(path, 'plane.json'), 'utf8')))
  } catch {
    return undefined
  }
}

/** A secret of the folder, for the owner only; made whole or not at all. */
const secret = (path: string, name: string): string => {
  const file = join(path, name)
  if (!existsSync(file)) {
    const fresh = `${file}.${process.pid}`
    writeFileSync(fresh, randomBytes(32).toString('base64url'), { mode: 0o600 })
    renameSync(fresh, file)
  }
  return readFileSync(file, 'utf8').trim()
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
