import { randomBytes } from 'node:crypto'
import { existsSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fail, type Judgement, ok, warn } from './diagnosis.ts'

/** What is known of a data folder. */
export interface FolderFacts {
  readonly path: string
  readonly exists: boolean
  readonly isFolder: boolean
  /** Why nothing can be written there, by the system's own code. */
  readonly refused: string | undefined
  readonly freeMb: number
}

/** Whether a plane can live in the folder. */
export const judgeFolder = (facts: FolderFacts): Judgement => {
  const { path, exists, isFolder, refused, freeMb } = facts
  const elsewhere = 'or set VIGIL_HOME to another folder.'
  if (exists && !isFolder) return fail(`${path} is no folder`, `Move it away, ${elsewhere}`)
  if (refused === 'ENOSPC' || freeMb < FULL_MB)
    return fail(`the disk under ${path} is full: ${freeMb} MB free`, `Make room, ${elsewhere}`)
  if (refused !== undefined)
    return fail(`${path} is not writable (${refused})`, `Give yourself the right, ${elsewhere}`)
  if (freeMb < SCARCE_MB)
    return warn(`${freeMb} MB free under ${path}`, `Make room: workspaces need it, ${elsewhere}`)
  return ok(`${path}${exists ? '' : ', not made yet'}, ${Math.floor(freeMb / 1024)} GB free`)
}

/** A plane does not start below this. */
const FULL_MB = 32
/** A clone, its dependencies and its checkpoints. */
const SCARCE_MB = 1_024

/** Tries to write a file; where the folder isn't made yet, into the nearest one above it. */
export const probeFolder = (path: string): FolderFacts => {
  const exists = existsSync(path)
  const isFolder = exists && statSync(path).isDirectory()
  const at = nearest(path)
  const { bavail, bsize } = statfsSync(at)
  const facts = { path, exists, isFolder, freeMb: Math.floor((bavail * bsize) / 1024 ** 2) }
  const file = join(at, `.vigil-doctor-${randomBytes(6).toString('hex')}`)
  try {
    writeFileSync(file, 'x')
    return { ...facts, refused: undefined }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return { ...facts, refused: code }
  } finally {
    rmSync(file, { force: true })
  }
}

/** The folder itself, or the first above it that is there. */
export const nearest = (path: string): string => {
  let at = path
  while (!statSync(at, { throwIfNoEntry: false })?.isDirectory()) at = dirname(at)
  return at
}
