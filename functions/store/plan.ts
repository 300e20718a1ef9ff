import { z } from 'zod'
import { Plan } from '#core/contracts/plan.ts'
import { type Entity, entity } from './entity.ts'
import { projectPartition } from './project.ts'
import type { Table } from './table.ts'

/** Partition of a plan and its findings. */
export const planPartition = (planId: string): string => `plan#${planId}`

/** Plans by id; listed by project. */
export const plans = (table: Table): Entity<Plan, string> =>
  entity(table, {
    contract: Plan,
    key: (planId) => ({ pk: planPartition(planId), sk: 'plan' }),
    list: ({ projectId }) => `plans#${projectId}`,
  })

const PlanKey = z.strictObject({ planId: z.string() })

/** Which plan holds a dedupe key: of two racing discoveries one wins (D3). */
export const planKeys = (
  table: Table,
): Entity<z.infer<typeof PlanKey>, { projectId: string; dedupeKey: string }> =>
  entity(table, {
    contract: PlanKey,
    key: ({ projectId, dedupeKey }) => ({
      pk: projectPartition(projectId),
      sk: `plan-key#${dedupeKey}`,
    }),
  })
