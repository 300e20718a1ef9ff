import fc from 'fast-check'
import { TO } from './cells/way-to.ts'
import type { Delivery } from './deliveries.ts'
import {
  CLASSES,
  type Death,
  type Ending,
  type Happening,
  type Schedule,
  STEPS_TO_COME,
} from './schedule.ts'
import type { StepFault } from './step-faults.ts'
import type { Launch } from './task.ts'

const of = <T extends string>(what: T) => fc.record({ what: fc.constant(what) })
const delivery = fc.constantFrom<Delivery>('now', 'now', 'late', 'twice', 'never')

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 12, arbitrary: of('boots') },
  { weight: 10, arbitrary: of('is prepared') },
  ...(
    [
      'speaks',
      'starts a tool',
      'ends a tool',
      'polls',
      'is told to retry',
      'spends a little',
      'spends all',
      'verifies',
      'finishes',
      'hangs',
      'wakes',
      'stale beat',
      'end told again',
      'end of another told',
      'pipeline end told again',
      'sweep',
      'cancel',
    ] as const
  ).map((what) => ({ weight: 2, arbitrary: of(what) })),
  {
    weight: 5,
    arbitrary: fc.record(
      {
        what: fc.constant('succeeds' as const),
        status: fc.constantFrom('done', 'done', 'continue', 'blocked', 'failed', 'partial'),
        class: fc.constantFrom(...CLASSES),
      },
      { requiredKeys: ['what', 'status'] },
    ),
  },
  {
    weight: 8,
    arbitrary: fc.record(
      {
        what: fc.constant('fails' as const),
        class: fc.constantFrom(...CLASSES),
        resetIn: fc.constantFrom(1, 90, 4_000, 50_000),
      },
      { requiredKeys: ['what', 'class'] },
    ),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('dies' as const),
      of: fc.constantFrom<Death>('crash', 'oom', 'reclaimed', 'host', 'image', 'unstarted'),
      told: delivery,
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      what: fc.constant('time' as const),
      seconds: fc.constantFrom(1, 2, 5, 11, 29, 35, 61, 65, 125, 200, 650, 3_700, 11_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('is cut off' as const),
      seconds: fc.constantFrom(5, 25, 40, 300),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('launch' as const),
      how: fc.constantFrom<Launch>('slow', 'lost', 'capacity', 'throttled', 'quota', 'refused'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record(
      {
        what: fc.constant('step' as const),
        how: fc.constantFrom<StepFault>('twice', 'twice', 'answer lost', 'down'),
        of: fc.constantFrom(...STEPS_TO_COME),
      },
      { requiredKeys: ['what', 'how'] },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('stale answer' as const),
      how: fc.constantFrom('success', 'failure'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('abort' as const),
      of: fc.constantFrom('pipeline', 'turn'),
      told: delivery,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('blind' as const),
      how: fc.constantFrom('missing', 'error'),
      seconds: fc.constantFrom(2, 20, 45),
    }),
  },
)

/** One happening, or as many as bring an attempt to some state. */
const some: fc.Arbitrary<Happening[]> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(happening, fc.constantFrom(false, false, false, true))
      .map(([each, atOnce]) => [atOnce ? { ...each, atOnce } : each]),
  },
  { weight: 1, arbitrary: fc.constantFrom(...Object.values(TO)) },
)

/** Any schedule of at most so many parts. */
export const schedules = (length: number): fc.Arbitrary<Schedule> =>
  fc.record({
    resumes: fc.boolean(),
    plans: fc.boolean(),
    models: fc.nat(2),
    pace: fc.nat(1_000),
    happenings: fc.array(some, { maxLength: length }).map((parts) => parts.flat()),
    ending: fc.oneof(
      { weight: 3, arbitrary: fc.constant<Ending>('all goes well') },
      { weight: 1, arbitrary: fc.constant<Ending>('nothing answers') },
      { weight: 1, arbitrary: fc.constant<Ending>('all die untold') },
      { weight: 2, arbitrary: fc.constantFrom<Ending>(...CLASSES) },
    ),
  })
