import { isTooLarge, PAYLOAD_LIMIT } from '../run/payload-limit.ts'
import { ServiceError } from '../service-error.ts'

/** The value of a JSON text in a request; throws `fault` for a text that is none, ValidationException for a long one. */
export function readJson(
  field: string,
  text: string,
  fault: (reason: string) => ServiceError,
): unknown {
  if (isTooLarge(text)) {
    const limit = `Member must have length less than or equal to ${PAYLOAD_LIMIT}`
    throw new ServiceError(
      'ValidationException',
      `1 validation error detected: Value at '${field}' failed to satisfy constraint: ${limit}`,
    )
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw fault(error instanceof Error ? error.message : String(error))
  }
}
