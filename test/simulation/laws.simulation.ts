import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { openMatrix } from './cells/matrix.ts'
import { waysToAll } from './cells/way-to.ts'
import { ONCE_BROKEN } from './once-broken.ts'
import { type Played, play } from './play.ts'
import { RARE } from './rare.ts'
import { CLASSES, type Schedule, STEPS_TO_COME } from './schedule.ts'
import { schedules } from './schedules.ts'
import { storyOf } from './story.ts'

const { SIMULATION_RUNS, SIMULATION_SEED, SIMULATION_PATH, SIMULATION_SHRINK } = process.env

const matrix = openMatrix()
const classes = new Map<string, number>()
let played = 0

const lawsHold = async (schedule: Schedule): Promise<Played> => {
  const came = await play(schedule)
  played += 1
  matrix.add(came.cells)
  for (const fault of came.classes) classes.set(fault, (classes.get(fault) ?? 0) + 1)
  if (came.broken.length > 0) throw new Error(storyOf(schedule, came).join('\n'))
  return came
}

const AT_ITS_SIMPLEST = { resumes: false, plans: false, models: 0, pace: 0 }

test.each(Object.entries(RARE))('the laws hold when %s', async (_, happenings) => {
  for (const resumes of [false, true])
    await lawsHold({ ...AT_ITS_SIMPLEST, resumes, happenings, ending: 'all goes well' })
})

test.each(STEPS_TO_COME)('%s may run twice, lose its answer, or fail at first (S4)', async (of) => {
  for (const how of ['twice', 'answer lost', 'down'] as const)
    for (const ending of ['all goes well', 'agent.crashed'] as const) {
      const happenings = [{ what: 'step', how, of }] as const
      await lawsHold({ ...AT_ITS_SIMPLEST, plans: true, happenings, ending })
    }
})

describe('whatever happens in whatever state, the laws hold', () => {
  const ways = waysToAll()
  test.each([...new Set(ways.map(({ state }) => state))])('%s', async (state) => {
    for (const { column, schedule } of ways.filter((way) => way.state === state)) {
      const { cells } = await lawsHold(schedule)
      const last = schedule.happenings.at(-1)
      const reached = cells.findLast(({ it }) => it === last)
      expect(reached?.state, `${state} × ${column}`).toBe(state)
    }
  })
})

test('an attempt that fails under the same class again and again comes to an end', async () => {
  for (const ending of CLASSES)
    for (const models of [0, 2])
      await lawsHold({ ...AT_ITS_SIMPLEST, plans: true, models, happenings: [], ending })
  expect(CLASSES.filter((fault) => !classes.has(fault))).toEqual([])
})

test('the laws hold on any schedule', { timeout: 3_600_000 }, async () => {
  const property = fc.asyncProperty(
    schedules(20),
    async (schedule) => void (await lawsHold(schedule)),
  )
  const checked = await fc.check(property, {
    ...(SIMULATION_RUNS === undefined ? USUALLY : { numRuns: Number(SIMULATION_RUNS) }),
    endOnFailure: SIMULATION_SHRINK === 'no',
    ...(SIMULATION_SEED !== undefined && { seed: Number(SIMULATION_SEED) }),
    ...(SIMULATION_PATH !== undefined && { path: SIMULATION_PATH }),
  })
  const { seed, counterexamplePath, errorInstance } = checked
  const again = `SIMULATION_SEED=${seed} SIMULATION_PATH=${counterexamplePath}`
  if (checked.failed) throw new Error(`${messageOf(errorInstance)}\nAgain: ${again}`)
  tell(`${checked.numRuns} random schedules, seed ${seed}`)
})

test.each(ONCE_BROKEN)('the laws hold when $name', async ({ story }) => {
  await lawsHold(story)
})

test('every cell that can be reached was hit, and no other', () => {
  expect(matrix.wrong()).toEqual([])
})

afterAll(() => {
  tell(`${played} schedules played`)
  const ends = [...classes].sort().map(([fault, count]) => `${fault} ${count}`)
  tell(`attempts ended under ${classes.size} classes: ${ends.join(', ')}`)
  for (const line of matrix.lines()) tell(line)
})

/** On a machine that is busy it is the time that counts. */
const USUALLY = { numRuns: 1_000, interruptAfterTimeLimit: 25_000, markInterruptAsFailure: false }

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

const tell = (line: string): boolean => process.stdout.write(`${line}\n`)
