import { z } from 'zod'

/** Legal moves between these are in `core/decisions/cycle-transition.ts` (C6). */
export const CycleStatus = z.enum([
  'active',
  'delivering',
  'in_review',
  'conflicted',
  'delivered',
  'closed',
  'discarded',
])
export type CycleStatus = z.infer<typeof CycleStatus>

/** A branch from a pinned base commit with its checkpoints, reused by runs until it is delivered. */
export const Cycle = z.strictObject({
  id: z.string(),
  projectId: z.string(),
  status: CycleStatus,
  /** `vigil/<cycle id>`. */
  branch: z.string(),
  baseCommit: z.string(),
  /** Bundle of the base's history in the bucket: the cycle outlives its origin (C2). */
  baseKey: z.string(),
  /** Tip of the branch and the bundle that holds base..head; absent before the first checkpoint. */
  head: z.strictObject({ commit: z.string(), key: z.string() }).optional(),
  /** Plans completed or under way in it. */
  plans: z.array(z.string()),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type Cycle = z.infer<typeof Cycle>
