import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AttemptResult } from '#core/contracts/attempt-result.ts'
import type { Phase } from '#core/contracts/phase.ts'
import { type Plan, PlanProposal } from '#core/contracts/plan.ts'
import { type Project, ProjectConfig } from '#core/contracts/project.ts'
import type { Run } from '#core/contracts/run.ts'
import type { Turn } from '#core/contracts/turn.ts'
import { attemptIdOf, newId, turnIdOf } from '#core/ids.ts'
import { attemptKeys, planKey } from '#functions/store/keys.ts'
import { runPartition } from '#functions/store/run.ts'
import type { Write } from '#functions/store/table.ts'
import type { World } from '#functions/world.ts'
import { takeDataFolder } from '#infra/local/data-folder.ts'
import { openServices } from '#infra/local/open-services.ts'
import { BASE_TASK_DEFINITION } from '#infra/local/open-tasks.ts'

const AT = '2026-01-31T12:00:00.000Z'

/** The services of a plane at rest: steps are called by the test, not by a workflow. */
export const openScene = async () => {
  const home = mkdtempSync(join(tmpdir(), 'vigil-steps-'))
  const closers: (() => unknown)[] = []
  const folder = takeDataFolder(home)
  const { world } = await openServices(folder, closers)
  return {
    world,
    ...builders(world),
    close: async () => {
      for (const closer of closers.reverse()) await closer()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** A proposal that the contract takes. */
export const PROPOSAL = PlanProposal.parse({
  title: 'Mend a link',
  summary: 'One link leads nowhere.',
  rationale: 'Readers are lost.',
  dedupeKey: 'mend-a-link',
  contextSignals: ['README.md:3'],
  proposedChange: 'Name the right file.',
  steps: ['Edit README.md'],
  sections: [],
  verification: [{ command: 'test -f here', expect: 'red_to_green', files: [] }],
  risk: 'low',
  filesLikely: ['README.md'],
})

const builders = ({ store, ulid }: World) => {
  const write = async (...writes: Write[]) => {
    if (!(await store.table.transact(writes))) throw new Error('the scene could not be written')
  }
  let projects = 0
  const project = async (set: Partial<Project> = {}): Promise<Project> => {
    projects += 1
    const id = `scene-${projects}`
    const value: Project = {
      id,
      config: ProjectConfig.parse({ source: { location: '/nowhere' } }),
      taskDefinition: BASE_TASK_DEFINITION,
      revision: 1,
      failures: 0,
      phaseUsd: {},
      notes: '',
      createdAt: AT,
      ...set,
    }
    await write(store.projects.create(id, value))
    return value
  }
  return {
    project,
    /** A run that holds its project's lease. */
    run: async (set: Partial<Run> = {}, owner?: Project): Promise<Run> => {
      const { id: projectId, config } = owner ?? (await project())
      const run: Run = {
        id: newId('run', ulid()),
        projectId,
        fireId: `fire-${ulid()}`,
        trigger: 'manual',
        actor: 'test',
        forced: [],
        status: 'running',
        config,
        sequence: 0,
        turns: 0,
        attempts: 0,
        usd: 0,
        usdEstimated: false,
        tokens: 0,
        waitedSeconds: 0,
        pinned: { turnWorkflow: 'turn', taskDefinition: BASE_TASK_DEFINITION },
        createdAt: AT,
        deadlineAt: '2099-01-01T00:00:00.000Z',
        ...set,
      }
      const lease = { runId: run.id, fencingToken: 1 }
      const held = await store.leases.get(projectId)
      await write(
        store.runs.create(run.id, run),
        held
          ? store.leases.change(projectId, { set: lease })
          : store.leases.create(projectId, lease),
      )
      return run
    },
    turn: async (
      run: Run,
      number: number,
      phase: Phase,
      set: Partial<Turn> = {},
    ): Promise<Turn> => {
      const id = turnIdOf(run.id, number)
      const turn: Turn = {
        id,
        runId: run.id,
        projectId: run.projectId,
        number,
        phase,
        section: 0,
        status: 'done',
        attempts: 1,
        failures: {},
        model: 0,
        attemptId: attemptIdOf(id, 1),
        startedAt: AT,
        ...set,
      }
      await write(
        store.turns.create({ runId: run.id, number }, turn),
        store.runs.change(run.id, { set: { turns: number } }),
      )
      return turn
    },
    attempt: async (turn: Turn, set: Record<string, unknown> = {}) => {
      const id = attemptIdOf(turn.id, 1)
      await write(
        store.attempts.create(id, {
          id,
          runId: turn.runId,
          turnId: turn.id,
          projectId: turn.projectId,
          number: 1,
          phase: turn.phase,
          state: 'launching',
          fencingToken: 2,
          cancelRequested: false,
          beats: 0,
          acts: [],
          usage: {},
          usd: 0,
          runtime: 'janitor',
          launchedAt: AT,
          ...set,
        }),
      )
      return id
    },
    plan: async (run: Run, set: Partial<Plan> = {}): Promise<Plan> => {
      const id = newId('plan', ulid())
      const plan: Plan = {
        id,
        projectId: run.projectId,
        runId: run.id,
        title: PROPOSAL.title,
        summary: PROPOSAL.summary,
        dedupeKey: PROPOSAL.dedupeKey,
        status: 'ready',
        bodyKey: planKey(id),
        base: { commit: 'a'.repeat(40), key: 'attempts/x/base.bundle' },
        sections: 1,
        createdAt: AT,
        updatedAt: AT,
        ...set,
      }
      await store.bucket.putJson(plan.bodyKey, PROPOSAL)
      const key = { projectId: run.projectId, dedupeKey: plan.dedupeKey }
      await write(
        store.plans.create(id, plan),
        store.planKeys.create(key, { planId: id }),
        store.runs.change(run.id, { set: { planId: id } }),
      )
      return plan
    },
    result: async (attemptId: string, set: Partial<AttemptResult>): Promise<void> =>
      store.bucket.putJson(attemptKeys(attemptId).result, {
        attemptId,
        nonce: 'n',
        findings: [],
        closed: [],
        summaries: [],
        treeChanged: [],
        verification: [],
        usage: {},
        notes: [],
        ...set,
      } satisfies AttemptResult),
    /** Kinds of a run's events, in order. */
    kinds: async (runId: string): Promise<string[]> =>
      (await store.events.all(runPartition(runId), 'event#')).map(({ kind }) => kind),
  }
}

export type Scene = Awaited<ReturnType<typeof openScene>>
