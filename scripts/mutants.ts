import { parseArgs } from 'node:util'
import { ROOT } from '#test/sources.ts'
import { chosenMutants } from './mutants/catalog.ts'
import type { Mutant } from './mutants/mutant.ts'
import { copyTree } from './mutants/tree.ts'
import { mutantTrier, type Tried } from './mutants/try-mutant.ts'

// The code is sabotaged, in a copy and in one place at a time, and the tests that are named for it must
// turn red: `npm run test:mutants [-- --json] [-- --only NAME[,NAME]]`.
const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
})
const tell = (line: string) => process.stderr.write(`${line}\n`)

const mutants = mutantsOrExit()
const tree = copyTree(ROOT)
const results: Tried[] = []
try {
  const tryMutant = mutantTrier(tree, mutants)
  for (const mutant of mutants) {
    const tried = await tryMutant(mutant)
    results.push(tried)
    tell(`${tried.caught ? 'caught' : 'MISSED'} ${mutant.name}: ${mutant.does}`)
    for (const note of tried.notes) tell(`    ${note}`)
  }
} finally {
  tree.remove()
}

if (values.json) {
  const shown = results.map(({ name, caught, by }) => ({ name, caught, by }))
  process.stdout.write(`${JSON.stringify(shown, null, 1)}\n`)
} else process.stdout.write(`${tableOf(results)}\n${sumOf(results)}\n`)
process.exit(results.every(({ caught }) => caught) ? 0 : 1)

function tableOf(rows: readonly Tried[]): string {
  const wide = Math.max(...rows.map(({ name }) => name.length))
  const lines = rows.map(({ name, caught, by, seconds }) =>
    [
      name.padEnd(wide),
      caught ? 'yes   ' : 'NO    ',
      seconds.toFixed(0).padStart(7),
      ` ${by.join(', ')}`,
    ].join(' '),
  )
  return [`${'name'.padEnd(wide)} caught seconds  by`, ...lines].join('\n')
}

function sumOf(rows: readonly Tried[]): string {
  const caught = rows.filter((row) => row.caught).length
  const simulated = rows.filter(({ by }) => by.includes('simulation')).length
  return `${caught} of ${rows.length} caught, ${simulated} of them by the simulation`
}

function mutantsOrExit(): readonly Mutant[] {
  try {
    return chosenMutants(values.only)
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error))
    process.exit(2)
  }
}
