import { StateError } from './failure.ts'

/** The most that a state may be given or give, in bytes of UTF-8. */
export const PAYLOAD_LIMIT = 262_144

/** Whether a JSON text is too large to be handed on. */
export function isTooLarge(text: string): boolean {
  return text.length > PAYLOAD_LIMIT || Buffer.byteLength(text) > PAYLOAD_LIMIT
}

/** The JSON text of what a state or task gives; throws States.DataLimitExceeded when it is too large. */
export function assertSize(name: string, value: unknown): string {
  const text = JSON.stringify(value)
  if (isTooLarge(text)) throw new StateError('States.DataLimitExceeded', sizeCause(name))
  return text
}

/** AWS's sentence about a result that is too large. */
export function sizeCause(name: string): string {
  return `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`
}
