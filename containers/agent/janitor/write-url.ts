import { posix } from 'node:path'
import { folderOf } from './catalog.ts'
import { splitUrl } from './locate-target.ts'

/**
 * Writes the destination that leads from `file` to another path or anchor, in the manner of the
 * old one: rooted or relative, `./` or not, percent-encoded or not; what is not given stays.
 */
export function writeUrl(
  file: string,
  old: string,
  change: { path?: string; fragment?: string },
): string {
  const parts = splitUrl(old)
  const path = change.path === undefined ? parts.path : writePath(file, parts.path, change.path)
  const fragment =
    change.fragment === undefined
      ? parts.fragment
      : `#${isEncoded(parts.fragment) ? encodeURIComponent(change.fragment) : encode(change.fragment)}`
  return path + parts.query + fragment
}

function writePath(file: string, old: string, target: string): string {
  const segments = old.startsWith('/')
    ? ['', ...target.split('/')]
    : posix.relative(folderOf(file), target).split('/')
  const path = segments.map(isEncoded(old) ? encodeURIComponent : encode).join('/')
  const slash = old.endsWith('/') && !/\.\w+$/.test(target) ? '/' : ''
  // A colon in the first segment would make a scheme of it.
  const isDotted = old.startsWith('./') || /^[^/]*:/.test(path)
  return (isDotted && !path.startsWith('../') ? './' : '') + path + slash
}

/** Whether somebody took care to write other letters than ASCII as bytes. */
function isEncoded(written: string): boolean {
  return /%[89a-f][0-9a-f]/i.test(written)
}

/** Encodes what has a meaning in a URL, in Markdown or in HTML; letters of any script stay. */
function encode(segment: string): string {
  return segment.replace(/[\s\p{Cc}%#?"'<>\\^`{|}()&*]/gu, (character) =>
    [...new TextEncoder().encode(character)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  )
}
