import { ServiceError } from '../service-error.ts'

/** The token that stands for a place in a list. */
export function pageToken(place: number): string {
  return Buffer.from(`page:${place}`).toString('base64url')
}

/** The place that a token stands for, `first` without one; throws InvalidToken. */
export function readPageToken(token: string | undefined, first: number): number {
  if (token === undefined) return first
  const match = /^page:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())
  if (!match) throw new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'")
  return Number(match[1])
}

/** How many entries a page has: AWS takes 0 and nothing for the default. */
export function pageSize(maxResults: number | undefined): number {
  return maxResults || 100
}
