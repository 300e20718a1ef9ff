import type { Phase } from '#core/contracts/phase.ts'
import type { TurnStatus, TurnVerdict } from '#core/contracts/turn.ts'

/** A turn that ended, as the loop sees it. */
export interface PastTurn {
  readonly phase: Phase
  readonly section: number
  readonly status: TurnStatus
  readonly verdict: TurnVerdict
}

/** What the loop decides from. */
export interface LoopFacts {
  /** Turns after discovery, oldest first, all of them ended. */
  readonly past: readonly PastTurn[]
  readonly sections: number
  /** Sections that earlier runs of the plan have done: this one begins after them (D6). */
  readonly sectionsDone: number
  readonly audit: boolean
  readonly sectionIterations: number
}

/** What comes next: a turn in a phase, or the end, with its reason where it is no good one. */
export type Next =
  | { readonly next: 'turn'; readonly phase: Phase; readonly section: number }
  | { readonly next: 'end'; readonly reason?: string }

/** Turns per run (E5): every path spends from them. The report comes on top. */
export const turnLimit = (sections: number): number => Math.max(40, 8 + 5 * sections)

/** The loop of execute: phase × verdict → next turn or end (E1). Pure and total. */
export const nextTurn = (facts: LoopFacts): Next => {
  const last = facts.past.at(-1)
  if (!last) return begin(facts)
  if (last.phase === 'report') return { next: 'end' }
  const next = after(last, facts)
  if (next.next === 'end' || next.phase === 'report') return next
  if (facts.past.length >= turnLimit(facts.sections)) return spent(last, 'turns')
  if (next.phase === 'code' && iterations(facts, next.section) >= facts.sectionIterations)
    return spent(last, 'section_iterations')
  if (next.phase === 'fix' && iterations(facts, undefined) >= facts.sectionIterations)
    return spent(last, 'section_iterations')
  return next
}

/** What is left undone is exhausted; work that is done and only not proved is said to be so (E12). */
const spent = (last: PastTurn, reason: string): Next =>
  last.phase === 'prove' && last.status === 'done' ? turn('report', 0) : { next: 'end', reason }

const turn = (phase: Phase, section: number): Next => ({ next: 'turn', phase, section })

const begin = (facts: LoopFacts): Next => afterSection(facts.sectionsDone - 1, facts)

const after = (last: PastTurn, facts: LoopFacts): Next => {
  if (last.status !== 'done') return afterTrouble(last, facts)
  switch (last.phase) {
    case 'code':
      if (last.verdict === 'continue') return turn('code', last.section)
      return facts.audit ? turn('audit', last.section) : afterSection(last.section, facts)
    case 'audit':
      return last.verdict === 'clean'
        ? afterSection(last.section, facts)
        : turn('code', last.section)
    case 'fix':
    case 'resolve':
      if (last.verdict === 'continue') return turn('fix', 0)
      return facts.audit ? turn('final_audit', 0) : turn('prove', 0)
    case 'final_audit':
      return turn(last.verdict === 'clean' ? 'prove' : 'fix', 0)
    case 'prove':
      return turn(last.verdict === 'proved' ? 'report' : 'fix', 0)
    case 'discovery':
      return begin(facts)
    case 'report':
      return { next: 'end' }
  }
}

const afterSection = (section: number, facts: LoopFacts): Next => {
  if (section + 1 < Math.max(1, facts.sections)) return turn('code', section + 1)
  return facts.audit ? turn('final_audit', 0) : turn('prove', 0)
}

/** A failed audit is tried fresh once, then the run is blocked: never clean by default (E9). */
const afterTrouble = (last: PastTurn, facts: LoopFacts): Next => {
  const audit = last.phase === 'audit' || last.phase === 'final_audit'
  const before = facts.past.at(-2)
  const again = before?.phase === last.phase && before.status !== 'done'
  if (audit && last.status === 'failed' && !again) return turn(last.phase, last.section)
  return { next: 'end', reason: last.phase }
}

const iterations = (facts: LoopFacts, section: number | undefined): number =>
  facts.past.filter((past) =>
    section === undefined
      ? past.phase === 'fix'
      : past.phase === 'code' && past.section === section,
  ).length
