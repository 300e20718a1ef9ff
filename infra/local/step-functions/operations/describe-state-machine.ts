import { parse } from 'yaml'
import { roleArn, stateMachineArn } from '../arns.ts'
import { type Desk, seconds } from './desk.ts'
import { findMachine } from './find-machine.ts'
import { pageSize, pageToken, readPageToken } from './page-token.ts'

/** A state machine's definition, as JSON, and whereabouts. Throws InvalidArn and StateMachineDoesNotExist. */
export function describeStateMachine(desk: Desk, request: { stateMachineArn: string }) {
  const { machine } = findMachine(desk, request.stateMachineArn)
  const { name, definition, created } = machine
  return {
    stateMachineArn: request.stateMachineArn,
    name,
    status: 'ACTIVE',
    type: 'STANDARD',
    definition: JSON.stringify(parse(definition)),
    roleArn: roleArn(desk.world.place, name),
    creationDate: seconds(created),
  }
}

/** The versions of a state machine, the newest first. Throws as above and InvalidToken. */
export function listStateMachineVersions(
  desk: Desk,
  request: {
    stateMachineArn: string
    maxResults?: number | undefined
    nextToken?: string | undefined
  },
) {
  const { name } = findMachine(desk, request.stateMachineArn).machine
  const start = readPageToken(request.nextToken, 0)
  const limit = pageSize(request.maxResults)
  const rows = desk.world.journal.machines.versions(name)
  return {
    stateMachineVersions: rows.slice(start, start + limit).map(({ version, created }) => ({
      stateMachineVersionArn: stateMachineArn(desk.world.place, name, version),
      creationDate: seconds(created),
    })),
    ...(rows.length > start + limit && { nextToken: pageToken(start + limit) }),
  }
}
