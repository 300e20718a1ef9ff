import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Attempt } from '#core/contracts/attempt.ts'
import { AttemptRequest } from '#core/contracts/attempt-request.ts'
import { Fault, faultClass } from '#core/faults.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import { agentEnvironment } from './agent-environment.ts'
import { type Beats, Superseded, startBeats } from './beats.ts'
import { type Bench, openOutput, suspectsOf } from './bench.ts'
import { claim } from './claim.ts'
import type { Outcome } from './outcome.ts'
import { killAll } from './processes/kill-all.ts'
import { saveWork } from './save-work.ts'
import { settleFailure, settleSuccess } from './settle-attempt.ts'
import { runStages } from './stages.ts'
import { wallsOf } from './walls.ts'
import { enterStage, newObservation } from './watch.ts'
import type { Worker } from './worker.ts'
import { makeFolders } from './workspace/folders.ts'
import { openGit } from './workspace/git.ts'

/** The supervisor was told to stop: by StopTask, or by a host that goes away. */
export class Stopped extends Error {}

/**
 * Runs one attempt from claim to answer and returns the process's exit code. Whatever ends it, the
 * agent's processes are dead before anybody is told.
 */
export const supervise = async (worker: Worker, stop: AbortSignal): Promise<number> => {
  const end = new AbortController()
  const killed = new Promise<never>((_, reject) => {
    end.signal.addEventListener('abort', () => reject(end.signal.reason), { once: true })
  })
  killed.catch(() => undefined) // Somebody may be told before anybody waits.
  const stopped = () => end.abort(new Stopped('SIGTERM'))
  if (stop.aborted) stopped()
  stop.addEventListener('abort', stopped, { once: true })
  try {
    const attempt = await Promise.race([claim(worker, process.pid), killed])
    if (!attempt?.taskToken) return 0
    const bench = await Promise.race([openBench(worker, attempt, end.signal), killed])
    return await work(bench, attempt.taskToken, end, killed, stop)
  } catch (error) {
    if (error instanceof Stopped) return 143 // Before there was anything to save.
    throw error
  }
}

const work = async (
  bench: Bench,
  taskToken: string,
  end: AbortController,
  killed: Promise<never>,
  stop: AbortSignal,
): Promise<number> => {
  const { worker, request, observation } = bench
  const beats = startBeats(worker, request, taskToken, observation, {
    kill: (why) => end.abort(why),
    nudge: (fault) => bench.nudge(fault),
  })
  try {
    const outcome = await Promise.race([runStages(bench), killed])
    enterStage(observation, 'finishing', worker.store.now())
    await Promise.race([finish(bench, beats, taskToken, outcome), killed])
    return 0
  } catch (error) {
    beats.stop()
    await killAll(suspectsOf(bench))
    return await Promise.race([giveUp(bench, taskToken, error), patience(error, stop)])
  } finally {
    beats.stop()
  }
}

/**
 * Resolves when there is no more time to give up in good order: at SIGTERM, or when that is why, some
 * seconds before SIGKILL.
 */
const patience = async (error: unknown, stop: AbortSignal): Promise<number> => {
  if (error instanceof Stopped) await sleep(SAVING_MS, undefined, { ref: false })
  else if (!stop.aborted) await once(stop, 'abort')
  return 143
}

/** ECS gives 30 s between SIGTERM and SIGKILL where nothing else is said. */
const SAVING_MS = 20_000

const finish = async (bench: Bench, beats: Beats, taskToken: string, outcome: Outcome) => {
  await beats.flush()
  await settleSuccess(bench, taskToken, outcome)
}

const openBench = async (worker: Worker, attempt: Attempt, signal: AbortSignal): Promise<Bench> => {
  const request = await worker.store.bucket.getJson(attemptKeys(attempt.id).request, AttemptRequest)
  if (!request) throw new Fault('workspace.missing', `attempt ${attempt.id} has no request`)
  const folders = await makeFolders(worker.settings.VIGIL_WORKDIR, worker.settings.VIGIL_AGENT_UID)
  const env = agentEnvironment(request, folders, worker.environment)
  const path = env.PATH ?? ''
  const walls = wallsOf(worker.settings, folders, request, path)
  return {
    worker,
    request,
    observation: newObservation(worker.store.now()),
    folders,
    git: openGit({ home: folders.own, path, signal, asAgent: walls.git }),
    shadowGit: openGit({
      home: folders.own,
      path,
      signal: AbortSignal.timeout(ATTEMPT_MAX_MS),
      asAgent: walls.git,
      extra: { GIT_INDEX_FILE: join(folders.own, 'snapshot.index') },
    }),
    asAgent: walls.agent,
    env,
    signal,
    ...openOutput(folders),
    workspace: undefined,
    nudge: () => false,
    group: undefined,
    checkpoints: 0,
    handedIn: false,
  }
}

const ATTEMPT_MAX_MS = 24 * 3_600_000

const giveUp = async (bench: Bench, taskToken: string, error: unknown): Promise<number> => {
  if (error instanceof Superseded) return 0
  await saveWork({ ...bench, git: bench.shadowGit }).catch(() => undefined) // The last one counts.
  if (error instanceof Stopped) return 143
  const fault = error instanceof Fault ? error : new Fault(faultClass(error), String(error))
  await settleFailure(bench, taskToken, fault)
  return 1
}
