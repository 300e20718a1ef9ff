import type { Cycle } from '#core/contracts/cycle.ts'
import type { Plan } from '#core/contracts/plan.ts'
import type { Run } from '#core/contracts/run.ts'
import { openCycle } from '#core/decisions/open-cycle.ts'
import { newId } from '#core/ids.ts'
import type { RunChange } from '#functions/store/change-run.ts'
import { isoNow, type Store } from '#functions/store/store.ts'
import { runTurns } from '#functions/turn/run-turns.ts'
import { turnResult } from '#functions/turn/turn-result.ts'
import type { World } from '#functions/world.ts'

/**
 * What becomes of a run when its plan is put to work: where its work is (D6), else in the project's
 * active cycle, else in a new one (C1).
 */
export const chooseCycle = async (world: World, run: Run, plan: Plan): Promise<RunChange> => {
  const { store } = world
  const own = plan.cycleId === undefined ? undefined : await store.cycles.get(plan.cycleId)
  const back = own?.status === 'active'
  const cycle = back ? own : await cycleOfProject(store, run.projectId)
  const reuse = openCycle({ cycle, baseIsAncestor: await baseIsAncestor(world, run) }) === 'reuse'
  const chosen = reuse && cycle ? cycle : newCycle(world, run, plan)
  const updatedAt = isoNow(store)
  const { id: cycleId, branch, baseCommit } = chosen
  return {
    set: { cycleId },
    events: [
      {
        kind: reuse ? 'cycle.reused' : 'cycle.opened',
        facts: { cycleId, branch, baseCommit },
      },
      { kind: 'plan.started', from: plan.status, to: 'executing', facts: { planId: plan.id } },
    ],
    writes: [
      reuse
        ? store.cycles.change(cycleId, {
            set: { plans: [...new Set([...chosen.plans, plan.id])], updatedAt },
            when: { status: 'active' },
          })
        : store.cycles.create(cycleId, chosen),
      store.plans.change(plan.id, {
        set: {
          status: 'executing',
          reason: undefined,
          cycleId,
          ...(!back && { sectionsDone: undefined }),
          updatedAt,
        },
        when: { status: plan.status },
      }),
      // The plan's own cycle may be an older one than the project's, which stays.
      ...(back ? [] : [store.projects.change(run.projectId, { set: { cycleId } })]),
    ],
  }
}

const cycleOfProject = async (store: Store, projectId: string): Promise<Cycle | undefined> => {
  const project = await store.projects.get(projectId)
  return project?.cycleId === undefined ? undefined : store.cycles.get(project.cycleId)
}

/** From what this run's discovery saw; with a given plan there was none, and the cycle is kept. */
const baseIsAncestor = async ({ store }: World, run: Run): Promise<boolean> => {
  const discovery = (await runTurns(store, run.id)).find(({ phase }) => phase === 'discovery')
  const result = discovery && (await turnResult(store, discovery))
  return result?.repository?.baseIsAncestor ?? true
}

const newCycle = (world: World, run: Run, plan: Plan): Cycle => {
  const id = newId('cycle', world.ulid())
  const at = isoNow(world.store)
  return {
    id,
    projectId: run.projectId,
    status: 'active',
    branch: `vigil/${id}`,
    baseCommit: plan.base.commit,
    baseKey: plan.base.key,
    plans: [plan.id],
    createdAt: at,
    updatedAt: at,
  }
}
