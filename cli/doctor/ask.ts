import type { z } from 'zod'

/** What a plane answered: the contract's value where it was one, and the server's time. */
export interface Answer<T> {
  readonly status: number
  readonly value: T | undefined
  /** Epoch milliseconds of the Date header, cut to whole seconds as HTTP does. */
  readonly date: number | undefined
}

/** Asks a plane once and does not wait long; undefined when nothing comes. */
export const ask = async <T>(
  { url, token }: { url: string; token: string },
  path: string,
  contract: z.ZodType<T>,
): Promise<Answer<T> | undefined> => {
  try {
    const answer = await fetch(`${url}${path}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const date = Date.parse(answer.headers.get('date') ?? '')
    const body: unknown = await answer.json().catch(() => undefined)
    return {
      status: answer.status,
      value: contract.safeParse(body).data,
      date: Number.isNaN(date) ? undefined : date,
    }
  } catch {
    return undefined
  }
}

const PATIENCE_MS = 5_000
