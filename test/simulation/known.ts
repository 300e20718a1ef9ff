import type { Happening, Schedule } from './schedule.ts'

/** A law that is broken today, and a story that shows it. */
export interface KnownFault {
  readonly name: string
  readonly law: RegExp
  /** What a schedule must have for the law to be broken by this fault and no other. */
  readonly needs: (happenings: readonly Happening[]) => boolean
  readonly story: Schedule
}

const schedule = (happenings: Happening[], change: Partial<Schedule> = {}): Schedule => ({
  resumes: false,
  plans: false,
  models: 0,
  pace: 0,
  ending: 'all goes well',
  happenings,
  ...change,
})

/** Faults that are known and not mended yet: each is shown by its story until it is taken out of here. */
export const KNOWN: readonly KnownFault[] = [
  {
    name: 'a task whose launch was not answered is listed no more once it is told to stop, and taken for stopped',
    law: /was launched while the task of/,
    needs: (all) => all.some((it) => it.what === 'launch' && it.how === 'lost'),
    story: schedule([
      { what: 'boots' },
      { what: 'launch', how: 'lost' },
      { what: 'fails', class: 'agent.crashed' },
      { what: 'time', seconds: 1 },
      { what: 'boots' },
      { what: 'time', seconds: 20 },
    ]),
  },
  {
    name: 'the end of a second task is taken for that of the first, which works, until its launch is answered',
    law: /was launched while the task of|agents at work at once/,
    needs: (all) => {
      const slow = all.findIndex((it) => it.what === 'launch' && it.how === 'slow')
      return slow >= 0 && all.slice(slow).filter(({ what }) => what === 'boots').length >= 2
    },
    story: schedule([
      { what: 'boots' },
      { what: 'launch', how: 'slow' },
      { what: 'fails', class: 'agent.crashed' },
      { what: 'time', seconds: 2 },
      { what: 'boots' },
      { what: 'is prepared' },
      { what: 'hangs' },
      { what: 'boots' },
    ]),
  },
  {
    name: 'what an attempt had spent is not counted when its workflow was stopped',
    law: /spent \d+ usd, counted 0/,
    needs: (all) => all.some(({ what }) => what === 'abort'),
    story: schedule([
      { what: 'boots' },
      { what: 'is prepared' },
      { what: 'spends a little' },
      { what: 'time', seconds: 11 },
      { what: 'abort', of: 'pipeline', told: 'now' },
    ]),
  },
  {
    name: 'a task that the plane stopped itself is called lost where the answer of the step that launched it was',
    law: /was missed and stopped, and is called worker.lost/,
    needs: (all) => all.some((it) => it.what === 'step' && it.how === 'answer lost'),
    story: schedule([
      { what: 'boots' },
      { what: 'step', how: 'answer lost', of: 'RunAgent' },
      { what: 'fails', class: 'agent.crashed' },
    ]),
  },
]

/** Whether all that a schedule broke is known. */
export const isKnown = ({ happenings }: Schedule, broken: readonly string[]): boolean =>
  broken.every((each) => KNOWN.some(({ law, needs }) => law.test(each) && needs(happenings)))
