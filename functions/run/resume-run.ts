import type { Plan } from '#core/contracts/plan.ts'
import type { Project } from '#core/contracts/project.ts'
import type { Run } from '#core/contracts/run.ts'
import { mayResume, type Resumable } from '#core/decisions/may-resume.ts'
import type { Store } from '#functions/store/store.ts'
import type { World } from '#functions/world.ts'
import { type Fired, fire } from './fire.ts'
import { resumptionOf } from './resumption.ts'

/** Somebody who wants a run to go on. */
export interface ResumeRequest {
  readonly run: Run
  readonly project: Project
  readonly actor: string
  readonly forced: readonly string[]
  /** The same key again is the same request (G16). */
  readonly key: string | undefined
}

type Refused = Extract<Resumable, { from: 'nowhere' }>

/**
 * Fires a run that goes on where another stopped (D6): with its plan, whose first sections may be
 * done, or without one by discovery with the same task. Answers why not, where there is no going on.
 */
export const resumeRun = async (
  world: World,
  { run, project, actor, forced, key }: ResumeRequest,
): Promise<Fired | { refused: Refused }> => {
  const { store } = world
  const fireId = key === undefined ? `resume#${run.id}` : `resume#${run.id}#${key}`
  const task = run.task === undefined ? {} : { task: run.task }
  const request = { project, fireId, actor, resumes: run.id, ...task }
  const next = await resumptionOf(store, run.id)
  const plan = run.planId === undefined ? undefined : await store.plans.get(run.planId)
  const may = mayResume({
    run,
    plan,
    takenOverBy: plan && (await takenOverBy(store, plan)),
    resumedBy: next?.id,
  })
  if (may.from === 'nowhere' && next?.fireId !== fireId) return { refused: may }
  return may.from === 'plan'
    ? fire(world, { ...request, trigger: 'approval', forced, planId: run.planId })
    : fire(world, {
        ...request,
        trigger: 'manual',
        forced: [...new Set([...forced, ...PASSED])],
        propose: run.config.execute === 'approve',
      })
}

/** Gates that a person who resumes passes, as one who approves a plan does. */
const PASSED = ['dormant', 'cooldown', 'cycle_full']

/** A failed plan doesn't hold its dedupe key: another may have been made of the same work (D3). */
const takenOverBy = async (
  store: Store,
  { id, projectId, dedupeKey }: Plan,
): Promise<string | undefined> => {
  const holder = await store.planKeys.get({ projectId, dedupeKey })
  const other = holder && holder.planId !== id ? await store.plans.get(holder.planId) : undefined
  return other && other.status !== 'failed' && other.status !== 'archived' ? other.id : undefined
}
