import { Fault } from '#core/faults.ts'

/**
 * What a service's error means here, by its type or status and never by its words: a service that
 * does not answer, throttles or fails is `service.unavailable`, which the workflows retry. Anything
 * else stays what it is.
 */
export const translateError = (error: unknown): unknown => {
  if (!(error instanceof Error) || error instanceof Fault) return error
  const code = 'code' in error ? String(error.code) : ''
  const server = '$fault' in error && error.$fault === 'server'
  const transient = server || NETWORK.includes(code) || THROTTLES.includes(error.name)
  return transient
    ? new Fault('service.unavailable', `${error.name}: ${error.message}`, { cause: error })
    : error
}

const NETWORK = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'UND_ERR_SOCKET']

const THROTTLES = [
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'SlowDown',
  'ThrottlingException',
  'TimeoutError',
  'TooManyRequestsException',
  'TransactionInProgressException',
]
