/** A commit of the sample's history: what is laid into the tree, and what is removed from it. */
type SampleCommit = {
  message: string
  daysAgo: number
  /** `from` is the file in the handbook's folder, where it has its last name. */
  files: { name: string; from?: string; edit?: (text: string) => string }[]
  removes?: string[]
}

/**
 * The sample's history, oldest first. It leaves three broken links: the front page still names a
 * file that was renamed, an anchor is written with a capital, and of two checklists neither is
 * where the newcomers' page looks for one.
 */
export const COMMITS: readonly SampleCommit[] = [
  {
    message: 'Write down how we work and what may page us',
    daysAgo: 40,
    files: [
      { name: 'CONTRIBUTING.md' },
      { name: 'docs/paging.md', from: 'docs/on-call/alerts.md', edit: oneFolderUp },
    ],
  },
  {
    message: 'Describe how an incident is run',
    daysAgo: 33,
    files: [
      { name: 'docs/incidents/roles.md' },
      { name: 'docs/incidents/checklist.md' },
      { name: 'docs/incidents/review.md' },
      { name: 'docs/releases.md' },
    ],
  },
  {
    message: 'Add runbooks for what pages us most',
    daysAgo: 21,
    files: [
      { name: 'runbooks/database.md' },
      { name: 'runbooks/queue.md' },
      { name: 'runbooks/checklist.md' },
    ],
  },
  {
    message: 'Give the handbook a front page',
    daysAgo: 12,
    files: [{ name: 'README.md' }],
  },
  {
    message: 'Keep all about being on call in one folder',
    daysAgo: 5,
    files: [{ name: 'docs/on-call/alerts.md' }, { name: 'docs/on-call/handover.md' }],
    removes: ['docs/paging.md'],
  },
  {
    message: 'Help newcomers through their first weeks',
    daysAgo: 2,
    files: [{ name: 'docs/onboarding.md' }],
  },
]

/** The alerts' page as it was before it moved one folder down. */
function oneFolderUp(text: string): string {
  return text.replaceAll('](../', '](')
}
