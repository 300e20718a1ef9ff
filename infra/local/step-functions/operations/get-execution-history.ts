import type { HistoryEvent } from '../journal/history.ts'
import { type Desk, seconds } from './desk.ts'
import { findExecution } from './find-execution.ts'
import { pageSize, pageToken, readPageToken } from './page-token.ts'

/** An execution's events. Throws InvalidArn, ExecutionDoesNotExist, InvalidToken. */
export function getExecutionHistory(
  desk: Desk,
  request: {
    executionArn: string
    maxResults?: number | undefined
    reverseOrder?: boolean | undefined
    includeExecutionData?: boolean | undefined
    nextToken?: string | undefined
  },
) {
  const { id } = findExecution(desk, request.executionArn)
  const limit = pageSize(request.maxResults)
  const start = readPageToken(request.nextToken, 0)
  const page = desk.world.journal.history.page(id, request.reverseOrder ?? false, limit + 1, start)
  return {
    events: page.slice(0, limit).map((event) => show(event, request.includeExecutionData ?? true)),
    ...(page.length > limit && { nextToken: pageToken(start + limit) }),
  }
}

function show({ id, previous, at, type, details }: HistoryEvent, full: boolean) {
  const shown = Object.entries(details).filter(([name]) => full || !DATA.has(name))
  return {
    timestamp: seconds(at),
    type,
    id,
    previousEventId: previous,
    ...(shown.length > 0 && { [detailsName(type)]: Object.fromEntries(shown) }),
  }
}

const DATA = new Set(['input', 'output', 'parameters', 'assignedVariables', 'error', 'cause'])

function detailsName(type: string): string {
  const state = /State(Entered|Exited)$/.exec(type)
  if (state) return `state${state[1]}EventDetails`
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`
}
