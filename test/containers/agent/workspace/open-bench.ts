import { join } from 'node:path'
import { type Folders, makeFolders } from '#containers/agent/workspace/folders.ts'
import { type Git, openGit } from '#containers/agent/workspace/git.ts'
import type { Bucket } from '#functions/store/bucket.ts'
import { makeFolder } from '#test/containers/agent/make-folder.ts'
import { openRepository, type Repository } from './make-repository.ts'

/** What a workspace is made with, in a folder of its own, as on a disk of its own. */
export interface WorkspaceBench {
  readonly folders: Folders
  readonly git: Git
  readonly shadowGit: Git
  /** The workspace, as its agent sees it. */
  readonly repo: Repository
}

/** Opens the folders and the git of one attempt. */
export const openBench = async (): Promise<WorkspaceBench> => {
  const folders = await makeFolders(join(makeFolder(), 'work'), undefined)
  const own = {
    home: folders.own,
    path: process.env.PATH ?? '',
    signal: new AbortController().signal,
    asAgent: (argv: readonly [string, ...string[]]) => argv,
  }
  return {
    folders,
    git: openGit(own),
    shadowGit: openGit({ ...own, extra: { GIT_INDEX_FILE: join(folders.own, 'snapshot.index') } }),
    repo: openRepository(folders.repo),
  }
}

/** A bucket that is gone with the test. */
export const memoryBucket = (): Bucket & { keys(): string[] } => {
  const objects = new Map<string, Uint8Array>()
  const put = async (key: string, body: string | Uint8Array) =>
    void objects.set(key, typeof body === 'string' ? new TextEncoder().encode(body) : body)
  return {
    put,
    putJson: (key, value) => put(key, JSON.stringify(value)),
    get: async (key) => objects.get(key),
    getJson: async (key, contract) => {
      const body = objects.get(key)
      return body && contract.parse(JSON.parse(new TextDecoder().decode(body)))
    },
    presign: async (key) => `memory:${key}`,
    keys: () => [...objects.keys()],
  }
}
