import { isDeepStrictEqual } from 'node:util'
import { errorOf } from './task.ts'

/** What happens to the next step: it runs twice, its answer is lost, or it does not run at all. */
export type StepFault = 'twice' | 'answer lost' | 'down'

/** What is in store for the steps; `of` names the one that it waits for, else it is any. */
export interface StepFaults {
  next: { readonly how: StepFault; readonly of?: string } | undefined
}

type Invoke = (name: string, event: unknown) => Promise<unknown>

/** What a step that runs again is judged by: the time, and how often something changed. */
interface Judged {
  readonly now: () => number
  readonly commits: () => number
  /** It changed something, or answered otherwise, at the same moment and with no other step at work. */
  readonly broken: (law: string) => void
}

/** Steps that can be disturbed (S4). */
export const disturbed = (invoke: Invoke, { now, commits, broken }: Judged) => {
  const faults: StepFaults = { next: undefined }
  let atWork = 0
  const twice = async (name: string, event: unknown): Promise<unknown> => {
    const began = now()
    const first = await invoke(name, event)
    const [before, alone] = [commits(), atWork === 1 && now() === began]
    const second = await invoke(name, event).catch((error: unknown) => error)
    if (!alone || atWork !== 1) return first
    if (commits() !== before) broken(`${name}, run again, changed something`)
    if (!isDeepStrictEqual(first, second))
      broken(`${name}, run again, answered ${show(second)} and not ${show(first)}`)
    return first
  }
  const run = async (name: string, event: unknown): Promise<unknown> => {
    const { how: fault, of = name } = faults.next ?? {}
    if (of !== name) return invoke(name, event)
    faults.next = undefined
    if (fault === 'down') throw errorOf('Lambda.ServiceException')
    if (fault === 'twice') return twice(name, event)
    const answer = await invoke(name, event)
    if (fault === 'answer lost') throw errorOf('Lambda.Unknown')
    return answer
  }
  return {
    faults,
    call: async (name: string, event: unknown): Promise<unknown> => {
      atWork += 1
      try {
        return await run(name, event)
      } finally {
        atWork -= 1
      }
    },
  }
}

const show = (answer: unknown): string =>
  answer instanceof Error ? `${answer.name}: ${answer.message}` : JSON.stringify(answer)
