import { z } from 'zod'
import { type Entity, entity } from './entity.ts'
import { projectPartition } from './project.ts'
import type { Table } from './table.ts'

/** The right to run a project. The item stays, so that its fencing token only ever grows. */
export const Lease = z.strictObject({
  /** Absent: free. */
  runId: z.string().optional(),
  fencingToken: z.number().int(),
})
export type Lease = z.infer<typeof Lease>

/** Leases by project. */
export const leases = (table: Table): Entity<Lease, string> =>
  entity(table, {
    contract: Lease,
    key: (projectId) => ({ pk: projectPartition(projectId), sk: 'lease' }),
  })
