import type { Played } from './play.ts'
import type { Happening, Schedule } from './schedule.ts'

/** A schedule in plain words, with the laws that it broke, for whoever has to find out why. */
export const storyOf = (schedule: Schedule, { broken, cells }: Played): string[] => [
  ...broken.map((law) => `Broken: ${law}.`),
  `A run begins; its runtime ${schedule.resumes ? 'can' : 'cannot'} go on in a session, discovery ${
    schedule.plans ? 'finds a plan' : 'finds nothing'
  }, ${schedule.models} models are named${schedule.pace > 0 ? `, pace ${schedule.pace}` : ''}.`,
  ...cells.map(
    ({ state, it }, index) =>
      `${String(index + 1).padStart(3)}. ${sentence(it)}${it.atOnce ? ' At once:' : ''} (the attempt is ${state})`,
  ),
  `     Then ${ENDINGS[schedule.ending] ?? `every attempt fails as ${schedule.ending}`}.`,
]

const ENDINGS: Partial<Record<Schedule['ending'], string>> = {
  'all goes well': 'all goes well',
  'nothing answers': 'nothing answers any more',
  'all die untold': 'every task dies, and nobody is told',
}

const sentence = (it: Happening): string => {
  switch (it.what) {
    case 'time':
      return `${it.seconds} s pass.`
    case 'boots':
      return "A task's process begins."
    case 'is prepared':
      return 'The workspace is prepared, and the agent starts.'
    case 'verifies':
      return 'The agent ends, and its work is verified.'
    case 'finishes':
      return 'The agent ends, and what came of it is stored.'
    case 'succeeds':
      return `The supervisor answers: ${it.status}${it.class ? `, ${it.class}` : ''}.`
    case 'fails':
      return `The attempt fails as ${it.class}${it.resetIn ? `, limited for ${it.resetIn} s` : ''}.`
    case 'dies':
      return `The task ends (${it.of}); its event comes ${TOLD[it.told]}.`
    case 'hangs':
      return 'The supervisor hangs.'
    case 'wakes':
      return 'The supervisor wakes.'
    case 'is cut off':
      return `The supervisor reaches nobody for ${it.seconds} s.`
    case 'launch':
      return `The next RunTask: ${it.how}.`
    case 'step':
      return `The next ${it.of ?? 'step'}: ${it.how}.`
    case 'blind':
      return `ECS can't tell for ${it.seconds} s (${it.how}).`
    case 'cancel':
      return 'Somebody cancels the run.'
    case 'sweep':
      return 'The sweeper comes by.'
    case 'abort':
      return `An operator stops the ${it.of}'s execution; its event comes ${TOLD[it.told]}.`
    case 'stale beat':
      return 'A beat of an attempt that is over arrives.'
    case 'stale answer':
      return `An answer (${it.how}) of an attempt that is over arrives.`
    case 'end told again':
      return "The last task's end is told again."
    case 'end of another told':
      return 'The end of another task of the same name is told.'
    case 'pipeline end told again':
      return "The pipeline's end is told again."
    default:
      return `The agent ${it.what}.`
  }
}

const TOLD = { now: 'at once', late: 'late', twice: 'twice', never: 'never' } as const
