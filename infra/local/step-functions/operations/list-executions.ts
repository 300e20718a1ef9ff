import { summary } from './describe-execution.ts'
import type { Desk } from './desk.ts'
import { findMachine } from './find-machine.ts'
import { pageSize, pageToken, readPageToken } from './page-token.ts'

/** The executions of a state machine, the newest first. Throws InvalidArn, StateMachineDoesNotExist, InvalidToken. */
export function listExecutions(
  desk: Desk,
  request: {
    stateMachineArn: string
    statusFilter?: string | undefined
    maxResults?: number | undefined
    nextToken?: string | undefined
  },
) {
  const { machine, pinned } = findMachine(desk, request.stateMachineArn)
  const limit = pageSize(request.maxResults)
  const rows = desk.world.journal.executions.list({
    machine: machine.name,
    version: pinned ? machine.version : null,
    status: request.statusFilter ?? null,
    before: readPageToken(request.nextToken, Number.MAX_SAFE_INTEGER),
    limit: limit + 1,
  })
  const executions = rows.slice(0, limit)
  const last = executions.at(-1)
  return {
    executions: executions.map((row) => summary(desk, row)),
    ...(rows.length > limit && last && { nextToken: pageToken(last.id) }),
  }
}
