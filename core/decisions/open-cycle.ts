import type { CycleStatus } from '#core/contracts/cycle.ts'

/** Reuses the project's active cycle while its base is still part of the origin's history (C1). */
export const openCycle = (facts: {
  cycle: { status: CycleStatus } | undefined
  baseIsAncestor: boolean
}): 'reuse' | 'new' => (facts.cycle?.status === 'active' && facts.baseIsAncestor ? 'reuse' : 'new')
