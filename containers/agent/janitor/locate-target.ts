import { posix } from 'node:path'

/** Where a link points to inside the repository. */
export type Target = {
  /** From the repository's root; '' is the root itself. */
  path: string
  /** The same with nothing percent-decoded: a file may really be named so. */
  rawPath: string
  /** Decoded, without `#`; undefined when there is none. */
  fragment: string | undefined
}

/**
 * Works out where a link in `file` points to, by GitHub's rules. Undefined for what is out of
 * scope: absolute URLs, placeholders of templates, paths that leave the repository.
 */
export function locateTarget(file: string, url: string): Target | undefined {
  if (url === '' || SCHEME.test(url) || url.startsWith('//') || PLACEHOLDER.test(url)) return
  const { path: written, fragment } = splitUrl(url)
  const path = within(file, decode(written))
  const rawPath = within(file, written)
  if (path === undefined || rawPath === undefined) return
  return { path, rawPath, fragment: fragment === '' ? undefined : decode(fragment.slice(1)) }
}

/** A destination's three parts; query and fragment keep their first character. */
export function splitUrl(url: string): { path: string; query: string; fragment: string } {
  const hash = url.indexOf('#')
  const beforeHash = hash < 0 ? url : url.slice(0, hash)
  const mark = beforeHash.indexOf('?')
  return {
    path: mark < 0 ? beforeHash : beforeHash.slice(0, mark),
    query: mark < 0 ? '' : beforeHash.slice(mark),
    fragment: hash < 0 ? '' : url.slice(hash),
  }
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/i
/** A backslash is no separator on GitHub and one elsewhere; a control character is a mistake. */
const PLACEHOLDER = /[{}<>*\\…|]|\$[({A-Z_]|%[A-Z_]{2,}%|\[\[|@@|(?:^|\/)\.{3,}|\p{Cc}/u

function within(file: string, path: string): string | undefined {
  if (path === '') return file
  const joined = path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(file), path)
  const normal = posix.normalize(joined).replace(/\/+$/, '')
  if (normal === '..' || normal.startsWith('../')) return undefined
  return normal === '.' ? '' : normal
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
