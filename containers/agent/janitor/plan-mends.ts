import { createHash } from 'node:crypto'
import type { PlanProposal } from '#core/contracts/plan.ts'
import { folderOf } from './catalog.ts'
import { formatPair } from './pair.ts'
import { count, describeMend, describeUnclear, fit, listing } from './phrases.ts'
import { checkCommand } from './planned-pairs.ts'
import type { Mend, Survey } from './survey.ts'

/**
 * Plans the mending of what has a certain answer, as much of it as one check command can name.
 * Undefined when there is nothing to mend, or when all of it is in plans whose keys are `taken`.
 */
export function planMends(survey: Survey, taken: ReadonlySet<string>): PlanProposal | undefined {
  const shares = sharesOf(survey.mends)
  const mends = shares.find((share) => !taken.has(keyOf(share)))
  if (!mends) return undefined
  const links = count(mends.length, 'broken link')
  const later = survey.mends.length - mends.length
  return {
    title: fit(`Mend ${links} in ${placeOf(mends)}`, 120),
    summary: `${links} in Markdown, each with one certain answer, will lead where they are meant to.`,
    rationale: listing(
      [
        `Of ${count(survey.checked, 'relative link')} in ${count(survey.files, 'Markdown file')}, ` +
          `${survey.mends.length + survey.unclear.length} are broken. A reader who follows one finds nothing.`,
        'A link is mended only where one answer is certain: its file was renamed, or is the only one of its name, or only the spelling differs.',
        ...(later > 0 ? [`${later} more can be mended by another plan.`] : []),
        ...(survey.unclear.length > 0 ? ['Left to a person, as no answer is certain:'] : []),
        ...survey.unclear.map((link) => `- ${describeUnclear(link)}`),
      ],
      10_000,
    ),
    dedupeKey: keyOf(mends),
    contextSignals: mends.map((mend) => fit(`broken link at ${describeMend(mend)}`, 1_000)),
    proposedChange: listing(
      ['Change these link destinations and nothing else:', ...mends.map(describeMend)],
      20_000,
    ),
    steps: mends.map(({ file, lines, from, to }) =>
      fit(`In ${file}, line ${lines.join(', ')}, let ${from} become ${to}.`, 1_000),
    ),
    sections: [],
    verification: [{ command: checkCommand(mends), expect: 'red_to_green', files: [] }],
    risk: 'low',
    filesLikely: [...new Set(mends.map(({ file }) => file))],
  }
}

/** Bounds of the plan's contract: steps, characters of a command and of a file's name. */
const MOST_STEPS = 30
const LONGEST_COMMAND = 2_000
const LONGEST_PATH = 300

/** Parts of the work that each fit in a plan; what no check can name is left out. */
function sharesOf(mends: readonly Mend[]): Mend[][] {
  const shares: Mend[][] = []
  for (const mend of mends) {
    if (formatPair(mend) === undefined || mend.file.length > LONGEST_PATH || !fits([mend])) continue
    const share = shares.at(-1)
    if (share && share.length < MOST_STEPS && fits([...share, mend])) share.push(mend)
    else shares.push([mend])
  }
  return shares
}

function fits(mends: readonly Mend[]): boolean {
  return checkCommand(mends).length <= LONGEST_COMMAND
}

function keyOf(mends: readonly Mend[]): string {
  const pairs = mends.map(({ file, from, to }) => JSON.stringify([file, from, to])).sort()
  return `janitor-links-${createHash('sha256').update(pairs.join('\n')).digest('hex').slice(0, 12)}`
}

function placeOf(mends: readonly Mend[]): string {
  const files = [...new Set(mends.map(({ file }) => file))]
  const [first = ''] = files
  if (files.length === 1) return first
  let folder = folderOf(first)
  while (folder && !files.every((file) => file.startsWith(`${folder}/`))) folder = folderOf(folder)
  return folder ? `${folder}/` : `${files.length} files`
}
