import type { AttemptResult } from '#core/contracts/attempt-result.ts'
import type { Run } from '#core/contracts/run.ts'
import { newId } from '#core/ids.ts'
import type { RunChange } from '#functions/store/change-run.ts'
import { planKey } from '#functions/store/keys.ts'
import { isoNow } from '#functions/store/store.ts'
import type { World } from '#functions/world.ts'

/**
 * What becomes of a run when its discovery proposed a plan (D3): the plan under an id of the
 * plane's, or a refusal when its dedupe key is taken. Undefined when there is nothing to keep.
 */
export const keepPlan = async (
  world: World,
  run: Run,
  { plan, repository }: AttemptResult,
): Promise<RunChange | undefined> => {
  const { store } = world
  if (!plan || !repository?.baseKey) return undefined
  const taken = { projectId: run.projectId, dedupeKey: plan.dedupeKey }
  const holder = await store.planKeys.get(taken)
  if (holder && (await stillCounts(world, holder.planId))) return refuse(world, run, holder.planId)
  const id = newId('plan', world.ulid())
  await store.bucket.putJson(planKey(id), plan)
  const at = isoNow(store)
  return {
    set: { planId: id },
    events: [{ kind: 'plan.proposed', to: 'ready', facts: { planId: id, title: plan.title } }],
    writes: [
      store.plans.create(id, {
        id,
        projectId: run.projectId,
        runId: run.id,
        title: plan.title,
        summary: plan.summary,
        dedupeKey: plan.dedupeKey,
        status: 'ready',
        bodyKey: planKey(id),
        base: { commit: repository.originHead, key: repository.baseKey },
        sections: Math.max(1, plan.sections.length),
        createdAt: at,
        updatedAt: at,
      }),
      holder
        ? store.planKeys.change(taken, { set: { planId: id }, when: { planId: holder.planId } })
        : store.planKeys.create(taken, { planId: id }),
    ],
  }
}

/** A plan that is ready, under way, or completed in an open cycle holds its dedupe key. */
const stillCounts = async ({ store }: World, planId: string): Promise<boolean> => {
  const plan = await store.plans.get(planId)
  if (!plan || plan.status === 'archived' || plan.status === 'failed') return false
  if (plan.status !== 'completed') return true
  const project = await store.projects.get(plan.projectId)
  const cycle = project?.cycleId === undefined ? undefined : await store.cycles.get(project.cycleId)
  return cycle?.plans.includes(planId) ?? false
}

/** Said once: when the step runs again, the refusal is the run's last event. */
const refuse = async (
  { store }: World,
  run: Run,
  holder: string,
): Promise<RunChange | undefined> => {
  const last = await store.events.get({ runId: run.id, sequence: run.sequence })
  if (last?.kind === 'plan.refused') return undefined
  return { events: [{ kind: 'plan.refused', reason: 'duplicate', facts: { holder } }] }
}
