import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Git } from './git.ts'

/**
 * Makes an empty repository whose files are bytes: no attribute of the tree's own (line endings,
 * filters, keywords) changes what is checked out or committed. `commit` is one of the objects that
 * it will hold: its length tells the hash.
 */
export const newRepository = async (git: Git, folder: string, commit: string): Promise<void> => {
  const format = commit.length === SHA256_DIGITS ? 'sha256' : 'sha1'
  await git(folder, 'init', '--quiet', `--object-format=${format}`)
  await rawBytes(folder)
}

/** The same for a clone that has nothing checked out yet. */
export const rawBytes = async (folder: string): Promise<void> => {
  const info = join(folder, '.git', 'info')
  await mkdir(info, { recursive: true })
  await appendFile(join(info, 'attributes'), '* -text -eol -ident -filter -working-tree-encoding\n')
}

const SHA256_DIGITS = 64
