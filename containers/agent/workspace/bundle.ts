import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Fault } from '#core/faults.ts'
import type { Bucket } from '#functions/store/bucket.ts'
import type { Folders } from './folders.ts'
import type { Git } from './git.ts'

/** Fetches all that a bundle in the bucket holds. Throws `workspace.missing` when it is gone or broken. */
export const fetchBundle = async (
  git: Git,
  bucket: Bucket,
  folders: Folders,
  key: string,
): Promise<void> => {
  const body = await bucket.get(key)
  if (!body) throw new Fault('workspace.missing', `there is no bundle ${key}`)
  const file = join(folders.bundles, `${key.replaceAll('/', '-')}`)
  await writeFile(file, body)
  try {
    await git(folders.repo, 'fetch', '--quiet', '--no-tags', file, '+refs/*:refs/vigil/in/*')
  } catch (error) {
    throw new Fault('workspace.missing', `the bundle ${key} cannot be read`, { cause: error })
  }
}

/** Puts a bundle of the named refs, without the history of `without`, into the bucket. */
export const storeBundle = async (
  git: Git,
  bucket: Bucket,
  folders: Folders,
  key: string,
  refs: readonly string[],
  without?: string,
): Promise<void> => {
  const file = join(folders.bundles, basename(key))
  const range = without === undefined ? [] : ['--not', without]
  await git(folders.repo, 'bundle', 'create', '--quiet', file, ...refs, ...range)
  await bucket.put(key, await readFile(file), 'application/x-git-bundle')
}
