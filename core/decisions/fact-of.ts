import { z } from 'zod'
import type { Event } from '#core/contracts/event.ts'

/** One line of the report for an event that a reader cares about; undefined for the others (R2). */
export const factOf = (event: Event): string | undefined => {
  const facts = event.facts ?? {}
  const because = event.reason === undefined ? '' : ` (${event.reason})`
  switch (event.kind) {
    case 'plan.proposed':
      return `Planned: ${facts.title}`
    case 'plan.refused':
      return `A plan was refused${because}`
    case 'cycle.opened':
      return `Opened the branch ${facts.branch}`
    case 'cycle.reused':
      return `Went on with the branch ${facts.branch}`
    case 'turn.ended':
      return `Turn ${event.from} ended as ${event.to}${because}`
    case 'attempt.stalled':
      return `An attempt stalled${because} and was killed`
    case 'attempt.lost':
      return `An attempt's worker was lost${because}`
    case 'verification.ended':
      return commandsOf(facts.commands)
    case 'finding.opened':
      return `Finding opened: ${facts.title}`
    case 'finding.closed':
      return `Finding closed: ${facts.title}`
    case 'proof.ended':
      return `Proof: ${event.to}`
    case 'run.cancel_requested':
      return `Cancelled by ${facts.by}`
    default:
      return undefined
  }
}

const Commands = z.array(z.object({ command: z.string(), exit: z.number().nullable() }))

const commandsOf = (commands: unknown): string | undefined => {
  const parsed = Commands.safeParse(commands)
  if (!parsed.success) return undefined
  const red = parsed.data.filter(({ exit }) => exit !== 0)
  const green = parsed.data.length - red.length
  return `Verification: ${green} of ${parsed.data.length} commands passed`
}
