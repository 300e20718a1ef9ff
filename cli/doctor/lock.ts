import { fail, type Judgement, ok, warn } from './diagnosis.ts'
import type { Holder } from './owner.ts'

/** Who holds the data folder, and whether that is a plane that answers. */
export const judgeLock = (facts: {
  holder: Holder
  address: string | undefined
  answers: boolean
}): Judgement => {
  const { holder, address, answers } = facts
  switch (holder.held) {
    case 'no':
      return ok('none runs on the data folder')
    case 'unreadable':
      return warn('the lock of the data folder says nothing', 'The next plane makes it anew.')
    case 'dead':
      return warn(
        `the data folder is locked by a plane that died (pid ${holder.pid})`,
        'Go on with what it left: vigil up --until-idle',
      )
    case 'alive':
      return answers
        ? ok(`pid ${holder.pid} answers at ${address}`)
        : fail(
            `pid ${holder.pid} holds the data folder and does not answer${address === undefined ? '' : ` at ${address}`}`,
            `See plane.log there; if it hangs: kill ${holder.pid}, then vigil up`,
          )
  }
}
