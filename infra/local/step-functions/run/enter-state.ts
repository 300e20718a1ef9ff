import { enterChoice } from '../states/choice.ts'
import { enterFail } from '../states/fail.ts'
import { enterPass } from '../states/pass.ts'
import { enterSucceed } from '../states/succeed.ts'
import { enterTask } from '../states/task.ts'
import { enterWait } from '../states/wait.ts'
import type { Step } from './step.ts'

/** Enters the state where the execution stands. */
export function enterState(step: Step): Promise<void> {
  const { state } = step
  switch (state.Type) {
    case 'Task':
      return enterTask({ ...step, state })
    case 'Choice':
      return enterChoice({ ...step, state })
    case 'Wait':
      return enterWait({ ...step, state })
    case 'Pass':
      return enterPass({ ...step, state })
    case 'Succeed':
      return enterSucceed({ ...step, state })
    case 'Fail':
      return enterFail({ ...step, state })
  }
}
