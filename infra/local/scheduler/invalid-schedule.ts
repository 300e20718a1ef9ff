/** A schedule's expression or zone that cannot be meant; the message says why. */
export class InvalidSchedule extends Error {
  override readonly name = 'InvalidSchedule'
}
