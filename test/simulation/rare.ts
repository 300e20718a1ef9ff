import type { Happening } from './schedule.ts'

const at = (...happenings: Happening[]): Happening[] => happenings
const time = (seconds: number): Happening => ({ what: 'time', seconds })
const WORKING = at({ what: 'boots' }, { what: 'is prepared' })

/** Stories that chance seldom tells. */
export const RARE: Readonly<Record<string, readonly Happening[]>> = {
  'a task begins when its workflow has gone on': [time(61), { what: 'boots' }],
  'a provider is asked again and again, and nothing comes of it': [
    ...WORKING,
    ...[1, 2, 3].flatMap(() => at(time(35), { what: 'is told to retry' })),
    time(11),
  ],
  'an agent does nothing but sleep and ask': [
    ...WORKING,
    ...[1, 2, 3, 4].flatMap(() => at({ what: 'polls' }, time(25))),
    { what: 'polls' },
    time(11),
  ],
  "ECS can't tell of a task that is told to stop": [
    ...WORKING,
    { what: 'hangs' },
    time(55),
    { what: 'blind', how: 'missing', seconds: 45 },
    time(65),
  ],
  'an agent spends all that it may': [...WORKING, { what: 'spends all' }, time(11)],
  'an agent is silent, goes on in its session, and is silent again': [...WORKING, time(200)],
  'a tool is silent within its time, then past it': [
    ...WORKING,
    { what: 'starts a tool' },
    time(175),
    { what: 'ends a tool' },
    { what: 'starts a tool' },
    time(200),
  ],
  'a run is cancelled while it waits for a provider': [
    { what: 'boots' },
    { what: 'fails', class: 'provider.quota', resetIn: 4_000 },
    time(200),
    { what: 'cancel' },
    { what: 'cancel' },
  ],
  "a run is cancelled while ECS can't tell": [
    ...WORKING,
    { what: 'blind', how: 'error', seconds: 45 },
    { what: 'cancel' },
    time(29),
  ],
  'a run waits for a provider past its deadline': [
    { what: 'boots' },
    { what: 'fails', class: 'provider.quota', resetIn: 4_000 },
    time(11_000),
  ],
  'a supervisor is cut off past its fence, and let in again': [
    ...WORKING,
    { what: 'is cut off', seconds: 45 },
    time(65),
  ],
  'the end of a pipeline is told twice at once, while its task stops': [
    ...WORKING,
    { what: 'abort', of: 'pipeline', told: 'twice' },
    time(65),
  ],
}
