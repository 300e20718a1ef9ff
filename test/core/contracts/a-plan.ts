import type { PlanProposal, Section } from '#core/contracts/plan.ts'

/** A section that the contract takes. */
export const aSection: Section = { title: 'Mend', goal: 'No broken link', acceptance: ['It works'] }

/** A proposal that the contract takes, with something changed. */
export const aPlan = (change: Partial<PlanProposal> = {}): PlanProposal => ({
  title: 'Mend 2 broken links',
  summary: 'Two links lead nowhere.',
  rationale: 'Readers end up nowhere.',
  dedupeKey: 'links-2',
  contextSignals: ['README.md:3'],
  proposedChange: 'Point both links to where the pages went.',
  steps: ['Edit README.md'],
  sections: [],
  verification: [{ command: 'npm test', expect: 'red_to_green', files: [] }],
  risk: 'low',
  filesLikely: ['README.md'],
  ...change,
})
