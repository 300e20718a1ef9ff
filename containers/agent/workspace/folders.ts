import { chmod, chown, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GIT_CONFIG } from './git.ts'

/** Where things lie on the task's own disk. */
export interface Folders {
  readonly root: string
  /** The agent's checkout. */
  readonly repo: string
  /** The agent's HOME. */
  readonly home: string
  readonly outbox: string
  /** The plane's own HOME for git. */
  readonly own: string
  readonly bundles: string
  /** For the clean clones of a proof. */
  readonly proof: string
}

/** Makes the folders of an attempt, empty; all but the root belong to the agent's uid. */
export const makeFolders = async (root: string, uid: number | undefined): Promise<Folders> => {
  const folders = {
    root,
    repo: join(root, 'repo'),
    home: join(root, 'home'),
    outbox: join(root, 'outbox'),
    own: join(root, 'own'),
    bundles: join(root, 'bundles'),
    proof: join(root, 'proof'),
  }
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true })
  await writeFile(join(folders.own, '.gitconfig'), GIT_CONFIG)
  const { root: ours, ...theirs } = folders
  if (uid !== undefined) for (const folder of Object.values(theirs)) await chown(folder, uid, uid)
  await chmod(ours, 0o755)
  return folders
}
