import type { Execution } from '../journal/execution.ts'
import type { Journal } from '../journal/journal.ts'
import { readToken } from '../tasks/token.ts'

/** The running execution that an aborted or timed out one has started and waited for: AWS stops it, too. */
export function abandonedChild(journal: Journal, parent: Execution): number | undefined {
  if (parent.status !== 'ABORTED' && parent.status !== 'TIMED_OUT') return undefined
  const { task, phase } = parent.position
  const child = task && phase !== 'settled' ? journal.executions.startedBy(task.token) : undefined
  return child?.status === 'RUNNING' ? child.id : undefined
}

/** All such executions: after a crash between the end of the one and that of the other. */
export function abandonedChildren(journal: Journal): number[] {
  const { executions, wakes } = journal
  return wakes.children().flatMap(({ id, startedBy }) => {
    const parent = readToken(startedBy)
    if (parent === undefined || !executions.exists(parent)) return []
    return abandonedChild(journal, executions.load(parent)) === id ? [id] : []
  })
}
