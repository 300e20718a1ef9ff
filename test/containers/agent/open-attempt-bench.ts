import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { agentEnvironment } from '#containers/agent/agent-environment.ts'
import { type Bench, openOutput } from '#containers/agent/bench.ts'
import { newObservation } from '#containers/agent/watch.ts'
import type { Worker } from '#containers/agent/worker.ts'
import type { AttemptRequest } from '#core/contracts/attempt-request.ts'
import { anAttemptRequest } from './a-request.ts'
import { makeFolder } from './make-folder.ts'
import { memoryBucket, openBench } from './workspace/open-bench.ts'

/**
 * The bench of an attempt whose table takes every write, and whose bucket is in memory. Its id is its
 * own, for its agent's processes are hunted down by it while other tests run.
 */
export const openAttemptBench = async (change: Partial<AttemptRequest>) => {
  const { folders, git, shadowGit, repo } = await openBench()
  attempts += 1
  const request = anAttemptRequest({
    attemptId: `run-1-t2-a${process.pid}0${attempts}`,
    ...change,
  })
  const bucket = memoryBucket()
  const updates: unknown[] = []
  const update = async (id: string, written: unknown) => {
    updates.push([id, written])
    return true
  }
  const worker = {
    environment: { MODEL_KEY: 'sk-1', OTHER_KEY: 'sk-2' },
    settings: { VIGIL_CHECKPOINT_SECONDS: 60 },
    store: { now: Date.now, bucket, attempts: { update } },
  } as unknown as Worker
  const bench: Bench = {
    worker,
    request,
    observation: newObservation(Date.now()),
    folders,
    git,
    shadowGit,
    asAgent: (argv) => argv,
    env: agentEnvironment(request, folders, { PATH: process.env.PATH }),
    signal: new AbortController().signal,
    ...openOutput(folders),
    workspace: undefined,
    nudge: () => false,
    group: undefined,
    checkpoints: 0,
    handedIn: false,
  }
  return { bench, repo, bucket, updates }
}

let attempts = 0

/** The agent that a shell script is; it hands in with `hand_in <tool> '<fields>'`. */
export const scripted = (script: string): string => {
  const path = join(makeFolder(), 'agent.sh')
  writeFileSync(path, `#!/bin/sh\nset -eu\n${HAND_IN}\n${script}\n`, { mode: 0o755 })
  return `command:'${path}'`
}

/** An agent of test/fixtures/agents. */
export const fixture = (name: string): string =>
  `command:'${resolve('test/fixtures/agents', `${name}.sh`)}'`

const HAND_IN = `hand_in() {
  printf '{"nonce":"%s",%s}' "$VIGIL_NONCE" "$2" > "$VIGIL_OUTBOX/.part"
  mv "$VIGIL_OUTBOX/.part" "$VIGIL_OUTBOX/$1.json"
}`

/** The last words of a script that did what it could. */
export const DONE = `hand_in complete_turn '"status":"done","summary":"Done."'`
