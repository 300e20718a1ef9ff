import { z } from 'zod'

/** A time as RFC 3339 writes it: date and time to the second at least, with its offset. */
export const Timestamp = z.iso
  .datetime({ offset: true, error: 'String does not match RFC3339 timestamp' })
  .regex(/T\d\d:\d\d:\d\d/, 'String does not match RFC3339 timestamp')
