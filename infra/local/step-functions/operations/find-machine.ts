import { readStateMachineArn } from '../arns.ts'
import type { MachineVersion } from '../journal/machines.ts'
import { ServiceError } from '../service-error.ts'
import type { Desk } from './desk.ts'

/** The version that an ARN means, the newest for one without; throws InvalidArn and StateMachineDoesNotExist. */
export function findMachine(
  { world }: Desk,
  arn: string,
): { machine: MachineVersion; pinned: boolean } {
  const named = readStateMachineArn(arn)
  if (!named) throw new ServiceError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`)
  const { machines } = world.journal
  const machine =
    named.version === undefined
      ? machines.newest(named.name)
      : machines.find(named.name, named.version)
  if (!machine)
    throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`)
  return { machine, pinned: named.version !== undefined }
}
