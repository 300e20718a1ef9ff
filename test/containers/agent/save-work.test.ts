import { expect, test } from 'vitest'
import { saveWork, saveWorkRegularly } from '#containers/agent/save-work.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import { openAttemptBench } from './open-attempt-bench.ts'

const KEY = attemptKeys('run-1-t2-a1').checkpoint

/** A bench with one file changed since its base. */
const changed = async (phase: 'code' | 'audit' = 'code') => {
  const opened = await openAttemptBench({ phase, attemptId: 'run-1-t2-a1' })
  const { bench, repo } = opened
  repo.git('init', '--quiet')
  const baseCommit = repo.commit({ 'README.md': 'one' })
  repo.lay({ 'README.md': 'two' })
  bench.workspace = { baseCommit, head: baseCommit }
  return opened
}

test('C2: work in progress is stored and noted on the attempt, under its fencing token', async () => {
  const { bench, bucket, updates } = await changed()
  const saved = await saveWork(bench)
  expect(saved).toMatchObject({ key: KEY(1), workTree: expect.stringMatching(/^[0-9a-f]{40}$/) })
  expect(bucket.keys()).toEqual([KEY(1)])
  expect(updates).toEqual([
    ['run-1-t2-a1', { set: { checkpoint: saved }, when: { fencingToken: 1 } }],
  ])
})

test('C2: nothing is stored before there is a workspace, nor of a phase that only looks', async () => {
  const early = await changed()
  early.bench.workspace = undefined
  expect(await saveWork(early.bench)).toBeUndefined()
  const audit = await changed('audit')
  expect(await saveWork(audit.bench)).toBeUndefined()
  expect([...early.bucket.keys(), ...audit.bucket.keys()]).toEqual([])
})

test('C2: work is stored again and again, and one that fails is made up by the next', async () => {
  const { bench, bucket, updates } = await changed()
  const put = bucket.put
  let failures = 0
  bucket.put = (key, body) => {
    if (failures++ === 0) return Promise.reject(new Error('ECONNREFUSED'))
    return put(key, body)
  }
  const settings = { ...bench.worker.settings, VIGIL_CHECKPOINT_SECONDS: 0.05 }
  const saving = saveWorkRegularly({ ...bench, worker: { ...bench.worker, settings } })
  await expect.poll(() => updates.length, { interval: 10, timeout: 10_000 }).toBeGreaterThan(1)
  await saving.stop()
  const stored = updates.length
  expect(bucket.keys()).toEqual(Array.from({ length: stored }, (_, index) => KEY(index + 2)))
})
