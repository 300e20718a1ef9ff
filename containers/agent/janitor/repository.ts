import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import { type Catalog, catalogOf } from './catalog.ts'
import { git, words } from './git.ts'
import { type Page, readPage } from './page.ts'

/** What stands at a path: `unknown` when that can't be said for sure, so nothing there is broken. */
export type Standing =
  | { kind: 'file'; path: string }
  | { kind: 'folder' }
  | { kind: 'unknown' }
  | { kind: 'missing' }

/** A checkout as the janitor sees it: what git tracks, and the Markdown in it. */
export type Repository = {
  root: string
  catalog: Catalog
  standing(path: string): Standing
  /** A tracked Markdown file; undefined when it can't be read as one. */
  page(path: string): Page | undefined
}

/** Opens the checkout whose root is `root`; rejects when git can't list it. */
export async function openRepository(root: string): Promise<Repository> {
  const entries = new Map<string, string>()
  for (const entry of words(await git(root, ['ls-files', '-s', '-z']))) {
    entries.set(entry.slice(entry.indexOf('\t') + 1), entry.slice(0, 6))
  }
  const catalog = catalogOf([...entries].filter(([, mode]) => mode !== SUBMODULE).map(([p]) => p))
  const realRoot = realpathSync(root)

  const standing = (path: string): Standing => {
    const mode = entries.get(path)
    if (mode === SYMLINK) return throughSymlink(path)
    if (mode === SUBMODULE) return { kind: 'unknown' }
    if (mode !== undefined) return { kind: 'file', path }
    if (path === '' || catalog.folders.has(path)) return { kind: 'folder' }
    for (let above = posix.dirname(path); above !== '.'; above = posix.dirname(above)) {
      if (entries.get(above) === SYMLINK) return throughSymlink(path)
      if (entries.get(above) === SUBMODULE) return { kind: 'unknown' }
    }
    return isOnDisk(root, path) ? { kind: 'unknown' } : { kind: 'missing' }
  }

  const throughSymlink = (path: string): Standing => {
    const real = realPath(join(root, path))
    const inside = real && relative(realRoot, real).split(sep).join('/')
    return inside && !inside.startsWith('../') && entries.get(inside)?.startsWith(REGULAR)
      ? { kind: 'file', path: inside }
      : { kind: 'unknown' }
  }

  const pages = new Map<string, Page | undefined>()
  const page = (path: string): Page | undefined => {
    if (!pages.has(path)) {
      const isPlain = entries.get(path)?.startsWith(REGULAR)
      // A folder above may have been replaced by a symlink since git listed it.
      const real = isPlain ? realPath(join(root, path)) : undefined
      pages.set(path, real === join(realRoot, path) ? readPage(real) : undefined)
    }
    return pages.get(path)
  }
  return { root, catalog, standing, page }
}

const REGULAR = '100'
const SYMLINK = '120000'
const SUBMODULE = '160000'

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** Whether an untracked file is there in just this spelling, on a disk that ignores case, too. */
function isOnDisk(root: string, path: string): boolean {
  if (!existsSync(join(root, path))) return false
  let above = root
  for (const segment of path.split('/')) {
    try {
      if (!readdirSync(above).includes(segment)) return false
    } catch {
      return true
    }
    above = join(above, segment)
  }
  return true
}
