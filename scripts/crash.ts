import { parseArgs } from 'node:util'
import { killAtRandom } from './crash/at-random.ts'
import { killAtWrite, undisturbed } from './crash/at-write.ts'
import { inParallel } from './crash/in-parallel.ts'

// The plane is killed at every journal write of a run (or every n-th), then parts of it at random
// moments, singly and in pairs; each time the final store must be that of an undisturbed run.
const { values } = parseArgs({
  options: {
    every: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    jobs: { type: 'string', default: '2' },
  },
})
const [every, rounds, seed, jobs] = [values.every, values.rounds, values.seed, values.jobs].map(
  Number,
)
const say = (line: string) => process.stdout.write(`${line}\n`)

const reference = await undisturbed()
say(`an undisturbed run: ${reference.writes} journal writes, ${reference.strict.length} items`)

const points = Array.from({ length: reference.writes }, (_, index) => index + 1).filter(
  (n) => n % (every ?? 1) === 0,
)
const tell = (name: string, differences: string[]): boolean => {
  if (differences.length === 0) return true
  say(`FAILED ${name}`)
  for (const line of differences.slice(0, 20)) say(`  ${line}`)
  return false
}
const atWrites = await inParallel(points, jobs ?? 2, async (n) =>
  tell(`killed at write ${n}`, await killAtWrite(n, reference)),
)
say(`killed at ${points.length} of ${reference.writes} journal writes: ${passedOf(atWrites)}`)

say(`random kills, seed ${seed}`)
const numbers = Array.from({ length: rounds ?? 0 }, (_, index) => (seed ?? 0) * 1_000 + index)
const atRandom = await inParallel(numbers, jobs ?? 2, async (number) => {
  const { what, differences } = await killAtRandom(number, reference)
  return tell(`round ${number}: ${what}`, differences)
})
say(`killed at random in ${numbers.length} rounds: ${passedOf(atRandom)}`)

const all = [...atWrites, ...atRandom]
const passed = all.filter(Boolean).length
say(`${passed} passed, ${all.length - passed} failed`)
process.exit(passed === all.length ? 0 : 1)

function passedOf(results: readonly boolean[]): string {
  return `${results.filter(Boolean).length} as undisturbed`
}
