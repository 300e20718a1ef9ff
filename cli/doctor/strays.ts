import { z } from 'zod'
import { ask } from './ask.ts'
import { fail, type Judgement, ok, worst } from './diagnosis.ts'
import type { Scene } from './scene.ts'

const Strays = z.object({
  runs: z.array(z.object({ run: z.string(), execution: z.string() })),
  leases: z.array(z.object({ project: z.string(), run: z.string() })),
  slots: z.array(z.string()),
})
export type Strays = z.infer<typeof Strays>

/** What the plane found: `no plane` to ask, or `no answer` of it. */
export type Seen = Strays | 'no plane' | 'no answer'

/** Asks the plane for what belongs to nobody. */
export const probeStrays = async ({ plane }: Scene): Promise<Seen> => {
  if (!plane) return 'no plane'
  return (await ask(plane, '/v1/doctor', Strays))?.value ?? 'no answer'
}

const unless = (seen: Seen, judge: (strays: Strays) => Judgement): Judgement => {
  if (seen === 'no plane')
    return ok('not looked at: no plane runs; the next one looks at its start')
  if (seen === 'no answer')
    return fail(
      'the plane did not answer',
      'See the table engine, and plane.log in the data folder.',
    )
  return judge(seen)
}

const SWEEP = 'The sweeper corrects it within VIGIL_SWEEP_SECONDS (300 by default).'

/** Runs that are not over and have no execution (S3). */
export const judgeRuns = (seen: Seen): Judgement =>
  unless(seen, ({ runs }) =>
    worst(
      runs.map(({ run, execution }) =>
        execution === 'none'
          ? fail(`${run} has no execution`, `${SWEEP} Or: vigil cancel ${run}.`)
          : fail(
              `${run} is not settled, its execution is ${execution}`,
              `${SWEEP} Or: vigil cancel ${run}.`,
            ),
      ),
      'each that goes on has its execution',
    ),
  )

/** Leases whose run is over (S3). */
export const judgeLeases = (seen: Seen): Judgement =>
  unless(seen, ({ leases }) =>
    worst(
      leases.map(({ project, run }) =>
        fail(`${project} is leased to ${run}, which is over`, SWEEP),
      ),
      'each has its run',
    ),
  )

/** Slots whose run is over (G13). */
export const judgeSlots = (seen: Seen): Judgement =>
  unless(seen, ({ slots }) =>
    worst(
      slots.map((run) => fail(`a slot is held by ${run}, which is over`, SWEEP)),
      'each has its run',
    ),
  )
