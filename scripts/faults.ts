import { parseArgs } from 'node:util'
import { inParallel } from './crash/in-parallel.ts'
import { chosenFaults } from './faults/catalog.ts'
import { closeGrounds } from './faults/ground.ts'
import type { FaultRow } from './faults/row.ts'
import { lineOf, tableOf } from './faults/tell.ts'
import { type Tried, tryFault } from './faults/try-fault.ts'
import { watchProcesses } from './faults/watch-processes.ts'

// Faults are injected into planes at work, and each time the laws and the limits are looked at from
// outside: `npm run test:faults [-- --json] [-- --only NAME[,NAME]] [-- --jobs N]`.
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    jobs: { type: 'string', default: '2' },
  },
})
const tell = (line: string) => process.stderr.write(`${line}\n`)

const rows = faultsOrExit()
const processes = watchProcesses()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, async () => {
    tell(`${signal}: closing what is open`)
    await closeGrounds()
    process.exit(1)
  })
const attempt = async (row: FaultRow): Promise<Tried> => {
  const tried = await tryFault(row, processes)
  tell(lineOf(tried))
  return tried
}
const first = await inParallel(rows, Number(values.jobs), attempt)
const results: Tried[] = []
for (const [index, tried] of first.entries()) {
  const row = rows[index]
  const onlyLate = tried.broken.length === 0 && tried.late.length > 0
  if (row && onlyLate) tell(`once more, alone: ${row.name}`)
  results.push(row && onlyLate ? await attempt(row) : tried)
}
processes.stop()

if (values.json) {
  const shown = results.map(({ broken, late, ...row }) => row)
  process.stdout.write(`${JSON.stringify(shown, null, 1)}\n`)
} else {
  const held = results.filter((each) => each.held).length
  process.stdout.write(`${tableOf(results)}\n${held} of ${results.length} held\n`)
}
process.exit(results.every(({ held }) => held) ? 0 : 1)

function faultsOrExit(): readonly FaultRow[] {
  try {
    return chosenFaults(values.only)
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error))
    process.exit(2)
  }
}
