import { ExecutionAlreadyExists, StartExecutionCommand } from '@aws-sdk/client-sfn'
import type { Project } from '#core/contracts/project.ts'
import type { Run, Trigger } from '#core/contracts/run.ts'
import { evaluateGates, type Shut } from '#core/decisions/gates.ts'
import { newId } from '#core/ids.ts'
import { takeSlot } from '#functions/store/slots.ts'
import { isoNow, type Store } from '#functions/store/store.ts'
import type { Write } from '#functions/store/table.ts'
import type { World } from '#functions/world.ts'
import { dateIn, gateFacts } from './gate-facts.ts'
import { resumptionOf, takeResumption } from './resumption.ts'

/** One evaluation of the gates for a project. */
export interface Fire {
  readonly project: Project
  /** The same id twice starts one run (G16). */
  readonly fireId: string
  readonly trigger: Trigger
  readonly actor: string
  readonly forced: readonly string[]
  readonly task?: string | undefined
  readonly planId?: string | undefined
  /** The run where this one goes on; one run is gone on from once (D6). */
  readonly resumes?: string | undefined
  /** End as `proposed` whatever the project says. */
  readonly propose?: boolean | undefined
}

/** The run that a fire started, or the gate that was shut. */
export type Fired = { readonly run: string } | { readonly run: null; readonly shut: Shut }

/**
 * Evaluates the gates and, where they are open, takes lease, slot and the day's count in one
 * transaction with the run, then starts the pipeline under the run's id.
 */
export const fire = async (world: World, request: Fire): Promise<Fired> => {
  const { store } = world
  for (let round = 1; ; round += 1) {
    const known = await knownRun(store, request)
    if (known !== undefined) return start(world, known)
    const facts = await gateFacts(world, request.project, request.trigger)
    const shut = evaluateGates(facts, request.forced)
    if (shut) {
      const twin = await knownRun(store, request) // What shut the gate may be this very fire.
      return twin === undefined ? block(world, request.project, shut) : start(world, twin)
    }
    const run = newRun(world, request)
    if (await store.table.transact(await admission(world, request, run)))
      return start(world, run.id)
    if (round === ROUNDS) throw new Error(`${request.project.id} could not be admitted`)
  }
}

const knownRun = async (store: Store, { fireId, resumes }: Fire): Promise<string | undefined> => {
  const known = await store.fires.get(fireId)
  if (known && known.expiresAt * 1000 > store.now()) return known.runId
  return resumes === undefined ? undefined : (await resumptionOf(store, resumes))?.id
}

/** Lost races before the gates say who won. */
const ROUNDS = 8

/** How long the same fire is the same run (G16); expiry is checked on read, for a TTL comes late. */
const REMEMBERED_SECONDS = 86_400

const start = async ({ workflows, settings }: World, runId: string): Promise<Fired> => {
  try {
    await workflows.send(
      new StartExecutionCommand({
        stateMachineArn: settings.VIGIL_PIPELINE_ARN,
        name: runId,
        input: JSON.stringify({ runId }),
      }),
    )
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error
  }
  return { run: runId }
}

const block = async ({ store }: World, project: Project, shut: Shut): Promise<Fired> => {
  const clearsAt =
    shut.clearsAt === undefined ? {} : { clearsAt: new Date(shut.clearsAt).toISOString() }
  const blocked = { gate: shut.gate, message: shut.message, at: isoNow(store), ...clearsAt }
  await store.projects.update(project.id, { set: { blocked } })
  return { run: null, shut }
}

const newRun = (world: World, request: Fire): Run => {
  const { store } = world
  const { project, task, planId, resumes } = request
  const config = request.propose
    ? { ...project.config, execute: 'approve' as const }
    : project.config
  return {
    id: newId('run', world.ulid()),
    projectId: project.id,
    fireId: request.fireId,
    trigger: request.trigger,
    actor: request.actor,
    forced: [...request.forced],
    status: 'queued',
    config,
    ...(task !== undefined && { task }),
    ...(planId !== undefined && { planId }),
    ...(resumes !== undefined && { resumes }),
    sequence: 0,
    turns: 0,
    attempts: 0,
    usd: 0,
    tokens: 0,
    usdEstimated: false,
    waitedSeconds: 0,
    createdAt: isoNow(store),
    deadlineAt: new Date(store.now() + config.budget.hours * 3_600_000).toISOString(),
  }
}

const admission = async ({ store, settings }: World, request: Fire, run: Run): Promise<Write[]> => {
  const { id: projectId, config } = request.project
  const day = { projectId, date: dateIn(config.timeZone, store.now()) }
  const [lease, today, known] = await Promise.all([
    store.leases.get(projectId),
    store.days.get(day),
    store.fires.get(request.fireId),
  ])
  const expiresAt = Math.floor(store.now() / 1000) + REMEMBERED_SECONDS
  const record = { runId: run.id, expiresAt }
  return [
    store.runs.create(run.id, run),
    known
      ? store.fires.change(request.fireId, { set: record, when: { runId: known.runId } })
      : store.fires.create(request.fireId, record),
    ...(request.resumes === undefined ? [] : [takeResumption(store, run.id, request.resumes)]),
    lease
      ? store.leases.change(projectId, {
          set: { runId: run.id },
          add: { fencingToken: 1 },
          when: { runId: null },
        })
      : store.leases.create(projectId, { runId: run.id, fencingToken: 1 }),
    takeSlot(store.table, run.id, settings.VIGIL_RUNS_AT_ONCE),
    today
      ? store.days.change(day, { add: { fires: 1 }, when: { fires: today.fires } })
      : store.days.create(day, { fires: 1, usd: 0 }),
    store.projects.change(projectId, { set: { lastRunId: run.id, blocked: undefined } }),
  ]
}
