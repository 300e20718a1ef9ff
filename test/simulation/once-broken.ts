import type { Happening, Schedule } from './schedule.ts'

/** A story that once broke a law. */
export interface OnceBroken {
  readonly name: string
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

/** Stories that were found by chance, and are told each time since they were mended. */
export const ONCE_BROKEN: readonly OnceBroken[] = [
  {
    name: 'a task whose launch was not answered is told to stop, and is stopping',
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
    name: 'a second task ends while the first works whose launch is not answered yet',
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
    name: 'a workflow is stopped whose attempt has spent something',
    story: schedule([
      { what: 'boots' },
      { what: 'is prepared' },
      { what: 'spends a little' },
      { what: 'time', seconds: 11 },
      { what: 'abort', of: 'pipeline', told: 'now' },
    ]),
  },
  {
    name: 'the answer of the step that launched a task is lost',
    story: schedule([
      { what: 'boots' },
      { what: 'step', how: 'answer lost', of: 'RunAgent' },
      { what: 'fails', class: 'agent.crashed' },
    ]),
  },
]
