import type { Turn } from '../turn.ts'

/** Resolving a merge conflict takes judgement, which the janitor has none of: it says so. */
export async function resolve(turn: Turn): Promise<void> {
  const summary = "The janitor can't resolve a merge conflict: a person or another agent has to."
  turn.say(summary)
  turn.submit('complete_turn', { status: 'blocked', summary })
}
