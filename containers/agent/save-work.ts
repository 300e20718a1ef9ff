import { CODING_PHASES } from '#core/contracts/phase.ts'
import type { Bench } from './bench.ts'
import { type Checkpoint, snapshotTree, storeCheckpoint } from './workspace/checkpoint.ts'

/**
 * Stores where a coding attempt's work stands, and notes it on the attempt, so that the next one
 * goes on from there (C2). Undefined when there is nothing to store.
 */
export const saveWork = async (bench: Bench): Promise<Checkpoint | undefined> => {
  const { worker, request, git, folders, workspace } = bench
  if (!workspace || !CODING_PHASES.includes(request.phase)) return undefined
  const workTree = await snapshotTree(bench.shadowGit, folders.repo)
  const checkpoint = await storeCheckpoint(git, worker.store.bucket, folders, request, {
    base: workspace.baseCommit,
    number: ++bench.checkpoints,
    workTree,
  })
  if (checkpoint)
    await worker.store.attempts.update(request.attemptId, {
      set: { checkpoint },
      when: { fencingToken: request.fencingToken },
    })
  return checkpoint
}

/** Saves work in progress at intervals until it is stopped; one that fails is made up by the next. */
export const saveWorkRegularly = (bench: Bench): { stop: () => Promise<void> } => {
  let saving: Promise<unknown> = Promise.resolve()
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    saving = saveWork(bench)
      .catch(() => undefined)
      .finally(() => {
        busy = false
      })
  }, bench.worker.settings.VIGIL_CHECKPOINT_SECONDS * 1000)
  return {
    stop: async () => {
      clearInterval(timer)
      await saving
    },
  }
}
