import { createHash } from 'node:crypto'
import { DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs'
import type { Attempt, Placement } from '#core/contracts/attempt.ts'
import type { Run } from '#core/contracts/run.ts'
import type { Turn } from '#core/contracts/turn.ts'
import { placeAttempt } from '#core/decisions/place-attempt.ts'
import { attemptIdOf, runtimeOf } from '#core/ids.ts'
import type { RunChange } from '#functions/store/change-run.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import { isoNow } from '#functions/store/store.ts'
import type { World } from '#functions/world.ts'
import { buildRequest } from './build-request.ts'

/**
 * What becomes of a run when its turn gets another attempt: the request goes to the bucket first,
 * then attempt, fencing token and counters in one transaction. Undefined when the lease is lost.
 */
export const launchAttempt = async (
  world: World,
  run: Run,
  turn: Turn,
  before: Attempt | undefined,
): Promise<RunChange | undefined> => {
  const { store } = world
  const lease = await store.leases.get(run.projectId)
  if (lease?.runId !== run.id) return undefined
  const number = turn.attempts + 1
  const id = attemptIdOf(turn.id, number)
  const fencingToken = lease.fencingToken + 1
  const nonce = createHash('sha256').update(`${id} ${world.ulid()}`).digest('hex').slice(0, 32)
  const identity = { id, number, fencingToken, nonce }
  const placement = await placementOf(world, run, turn)
  const request = await buildRequest(store, run, turn, identity, before)
  await store.bucket.putJson(attemptKeys(id).request, request)
  return {
    set: { attempts: run.attempts + 1 },
    events: [],
    writes: [
      store.leases.change(run.projectId, {
        set: { fencingToken },
        when: { runId: run.id, fencingToken: lease.fencingToken },
      }),
      store.turns.change(
        { runId: run.id, number: turn.number },
        {
          set: { attempts: number, attemptId: id, retryAt: undefined },
          when: { attempts: turn.attempts },
        },
      ),
      store.attempts.create(id, {
        id,
        runId: run.id,
        turnId: turn.id,
        projectId: run.projectId,
        number,
        phase: turn.phase,
        state: 'launching',
        fencingToken,
        cancelRequested: false,
        beats: 0,
        acts: [],
        usage: {},
        usd: 0,
        runtime: runtimeOf(run.config.agent),
        ...(placement && { placement }),
        ...(request.model !== undefined && { model: request.model }),
        launchedAt: isoNow(store),
      }),
    ],
  }
}

/** The size of the pinned definition is asked for only where a larger one is needed. */
const placementOf = async (
  { tasks }: World,
  run: Run,
  turn: Turn,
): Promise<Placement | undefined> => {
  if (turn.failures['worker.oom'] === undefined) return placeAttempt(turn.failures, undefined)
  const { taskDefinition: { cpu, memory } = {} } = await tasks.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: run.pinned?.taskDefinition }),
  )
  const defined = cpu === undefined || memory === undefined ? undefined : { cpu, memory }
  return placeAttempt(turn.failures, defined)
}
