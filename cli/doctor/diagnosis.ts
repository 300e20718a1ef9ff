/** What one check came to, and what to do where it is not well. */
export interface Diagnosis {
  readonly check: string
  readonly verdict: 'ok' | 'warn' | 'fail'
  readonly says: string
  readonly remedy?: string
}

/** A judgement before it has the name of its check. */
export type Judgement = Omit<Diagnosis, 'check'>

export const ok = (says: string): Judgement => ({ verdict: 'ok', says })

export const warn = (says: string, remedy: string): Judgement => ({ verdict: 'warn', says, remedy })

export const fail = (says: string, remedy: string): Judgement => ({ verdict: 'fail', says, remedy })

/** Several judgements as one line: all that is not well, under the worst verdict. */
export const worst = (judgements: readonly Judgement[], well: string): Judgement => {
  const bad = judgements.filter(({ verdict }) => verdict !== 'ok')
  const [first] = [...bad].sort((a, b) => RANKS[b.verdict] - RANKS[a.verdict])
  if (!first) return ok(well)
  const remedies = [...new Set(bad.flatMap(({ remedy }) => remedy ?? []))]
  return {
    verdict: first.verdict,
    says: bad.map(({ says }) => says).join('; '),
    remedy: remedies.join(' '),
  }
}

const RANKS = { ok: 0, warn: 1, fail: 2 } as const
