import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { SendTaskFailureCommand, SendTaskSuccessCommand } from '@aws-sdk/client-sfn'
import type { AttemptResult } from '#core/contracts/attempt-result.ts'
import type { Fault } from '#core/faults.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import { isRefusal } from '#functions/store/refusal.ts'
import { type Bench, STDERR, TRANSCRIPT } from './bench.ts'
import { NO_OUTCOME, type Outcome } from './outcome.ts'

/** Uploads what came of an attempt, then tells the workflow that it is done. */
export const settleSuccess = async (bench: Bench, taskToken: string, outcome: Outcome) => {
  const { worker, request } = bench
  await upload(bench, outcome)
  bench.handedIn = true
  const output = JSON.stringify({ attemptId: request.attemptId })
  await answer(() => worker.workflows.send(new SendTaskSuccessCommand({ taskToken, output })))
}

/**
 * Uploads what there is of a failed attempt, then tells the workflow the class. That it failed matters
 * more: it is told first where the upload itself hangs, and what was handed in already stays.
 */
export const settleFailure = async (bench: Bench, taskToken: string, fault: Fault) => {
  const { worker } = bench
  const cause = fault.message.slice(0, CAUSE_MAX_CHARACTERS)
  const tell = () =>
    answer(() =>
      worker.workflows.send(new SendTaskFailureCommand({ taskToken, error: fault.code, cause })),
    )
  const keep = async () => {
    const kept = bench.handedIn ? undefined : upload(bench, NO_OUTCOME).catch(() => undefined)
    await Promise.race([kept, sleep(KEEP_MS, undefined, { ref: false })])
  }
  if (fault.code === 'stall.finish') await tell()
  await keep()
  if (fault.code !== 'stall.finish') await tell()
}

/** As long as a supervisor has before it is killed, with time to spare for the answer. */
const KEEP_MS = 20_000

const CAUSE_MAX_CHARACTERS = 1_000

const upload = async (bench: Bench, outcome: Outcome) => {
  const { worker, request, folders, observation } = bench
  const { bucket } = worker.store
  const keys = attemptKeys(request.attemptId)
  const resetAt = observation.fault?.resetAt
  const result: AttemptResult = {
    ...outcome,
    attemptId: request.attemptId,
    nonce: request.nonce,
    usage: observation.usage,
    ...(resetAt !== undefined && { resetAt }),
  }
  await Promise.all([bench.transcript.end(), bench.stderr.end()])
  const transcript = await readFile(join(folders.root, TRANSCRIPT)).catch(() => undefined)
  const stderr = await readFile(join(folders.root, STDERR)).catch(() => undefined)
  if (transcript?.length) await bucket.put(keys.transcript, await promisify(gzip)(transcript))
  if (stderr?.length) await bucket.put(keys.stderr, stderr, 'text/plain; charset=utf-8')
  await bucket.putJson(keys.result, result)
}

/** An answer that comes too late has lost: somebody else settled the attempt (T8). */
const answer = async (send: () => Promise<unknown>): Promise<void> => {
  try {
    await send()
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
}
