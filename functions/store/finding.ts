import { Finding } from '#core/contracts/finding.ts'
import { type Entity, entity } from './entity.ts'
import { planPartition } from './plan.ts'
import type { Table } from './table.ts'

/** Findings by plan and key. */
export const findings = (table: Table): Entity<Finding, { planId: string; key: string }> =>
  entity(table, {
    contract: Finding,
    key: ({ planId, key }) => ({ pk: planPartition(planId), sk: `finding#${key}` }),
  })
