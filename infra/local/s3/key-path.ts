import { join } from 'node:path'

/**
 * Where an object lies: a folder for each part of its key but the last. Whatever a path would give a
 * meaning is encoded, so that no key leads out of the bucket's folder. A folder's name ends with an
 * encoded slash, so that `a` and `a/b` are both there. Undefined when a part is too long for a file.
 */
export const pathOf = (bucketFolder: string, key: string): string | undefined => {
  const parts = key.split('/')
  const last = parts.pop() ?? ''
  const names = [...parts.map((part) => `${nameOf(part)}${SLASH}`), nameOf(last) || EMPTY]
  if (names.some(({ length }) => length > NAME_MAX)) return undefined
  return join(bucketFolder, ...names)
}

/** The key of an object by where it lies below the folder of its bucket. */
export const keyOf = (path: string): string =>
  path
    .split('/')
    .map((name) => (name === EMPTY ? '' : decodeURIComponent(name)))
    .join('')

/** The folder below which all keys with a prefix lie. */
export const folderOf = (bucketFolder: string, prefix: string): string =>
  join(
    bucketFolder,
    ...prefix
      .split('/')
      .slice(0, -1)
      .map((part) => `${nameOf(part)}${SLASH}`),
  )

const nameOf = (part: string): string =>
  encodeURIComponent(part).replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E'))

const SLASH = '%2F'

/** Name of an object whose key ends with a slash; nothing else is encoded like this. */
const EMPTY = '%'

/** Bytes of a file's name on Linux. */
const NAME_MAX = 255
