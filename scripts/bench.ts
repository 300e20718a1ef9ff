import { parseArgs } from 'node:util'
import { engineRows } from './bench/engine.ts'
import { isMet, type Row } from './bench/row.ts'

// One table of what was measured in this run: `npm run bench [-- --only engine] [-- --json]`.
const SUITES: Record<string, () => Promise<Row[]>> = { engine: engineRows }

const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'boolean' } } })
const chosen = Object.entries(SUITES).filter(
  ([name]) => values.only === undefined || name === values.only,
)
if (chosen.length === 0) {
  process.stderr.write(
    `there is no suite ${values.only}; there are: ${Object.keys(SUITES).join(', ')}\n`,
  )
  process.exit(2)
}
const rows: Row[] = []
for (const [, suite] of chosen) rows.push(...(await suite()))
const told = rows.map((row) => ({ ...row, met: isMet(row) }))
if (values.json) process.stdout.write(`${JSON.stringify(told)}\n`)
else for (const row of told) process.stdout.write(`${lineOf(row)}\n`)
process.exit(told.some(({ met }) => met === false) ? 1 : 0)

function lineOf({ name, value, unit, goal, met, beside }: Row & { met: boolean | null }): string {
  const wanted = goal && ('atMost' in goal ? `at most ${goal.atMost}` : `at least ${goal.atLeast}`)
  const judged = met === null ? '' : `  (${wanted}: ${met ? 'met' : 'NOT MET'})`
  const compared = beside ? `  beside ${beside.what}: ${beside.value} ${unit}` : ''
  return `${name}: ${value} ${unit}${judged}${compared}`
}
