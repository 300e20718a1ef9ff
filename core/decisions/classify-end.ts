import { AGENT_FAULTS } from '#core/contracts/agent-protocol.ts'
import type { Attempt, TaskEnd } from '#core/contracts/attempt.ts'
import type { Completion } from '#core/contracts/completion.ts'
import { type FaultClass, isFaultClass } from '#core/faults.ts'

/**
 * The class of a failed attempt: the supervisor's own word first, then how its task came to an end,
 * then what a missed heartbeat means for an attempt in that state. `error` is the name that the
 * workflow reported; a missed heartbeat comes as `States.Timeout` or `States.HeartbeatTimeout`.
 */
export const classifyEnd = (
  attempt: Pick<Attempt, 'cancelRequested' | 'claim' | 'taskEnd' | 'taskArn'>,
  error: string | undefined,
): FaultClass => {
  if (attempt.cancelRequested) return 'cancelled'
  if (error !== undefined && isFaultClass(error)) return error
  // What the plane itself stopped after an error says how it ended, and not why.
  const stoppedByUs = error !== undefined && attempt.taskEnd?.stopCode === 'UserInitiated'
  if (attempt.taskEnd && !stoppedByUs) return classifyTask(attempt.taskEnd)
  if (error === 'States.Timeout' || error === 'States.HeartbeatTimeout')
    return attempt.claim ? 'worker.unresponsive' : 'worker.never_started'
  if (error?.startsWith('Lambda.')) return 'launch.throttled'
  if (error === undefined) return 'worker.lost'
  return 'bug'
}

/**
 * The class that a failed agent named itself: its policy holds, unless the agent says that there is
 * no point in another try. It may only narrow what the table allows (T14).
 */
export const completionFault = ({
  status,
  failureClass,
  retryable,
}: Completion): FaultClass | undefined =>
  status === 'failed' && retryable !== false
    ? AGENT_FAULTS.find((fault) => fault === failureClass)
    : undefined

/**
 * The class of a task that stopped without a word (T9). Of a stop reason only the documented word
 * before the first colon is the type.
 */
export const classifyTask = ({ stopCode, stoppedReason }: TaskEnd): FaultClass => {
  const type = stoppedReason?.split(':', 1)[0]?.trim()
  if (stopCode === 'SpotInterruption') return 'worker.reclaimed'
  if (stopCode === 'TerminationNotice') return 'worker.host'
  const known = type === undefined ? undefined : BY_TYPE.get(type)
  if (known) return known
  if (stopCode === 'TaskFailedToStart') return 'worker.never_started'
  return 'worker.lost'
}

/** Types of stop reasons as ECS documents them ("Stopped task error codes"). */
const BY_TYPE = new Map<string, FaultClass>([
  ['CannotPullContainerError', 'worker.image'],
  ['CannotStartContainerError', 'worker.image'],
  ['OutOfMemoryError', 'worker.oom'],
  ['OutOfMemory', 'worker.oom'],
  ['ResourceInitializationError', 'worker.never_started'],
])
