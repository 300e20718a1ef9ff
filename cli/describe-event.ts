import type { Event } from '#core/contracts/event.ts'

/** An event as a line for people. */
export const describeEvent = (event: Event): string => {
  const facts = event.facts ?? {}
  const because = event.reason === undefined ? '' : `: ${event.reason}`
  const attempt = event.attemptId?.replace(/^.*-a/, 'attempt ') ?? ''
  switch (event.kind) {
    case 'turn.started':
      return `▸ ${event.to}`
    case 'turn.ended':
      return `  ${event.from} ${event.to}${because}`
    case 'attempt.claimed':
      return `  ${attempt} claimed, sandbox ${facts.sandbox}`
    case 'attempt.launched':
    case 'attempt.nudged':
    case 'attempt.busy_waited':
    case 'attempt.stalled':
    case 'attempt.lost':
      return `  ${attempt} ${event.kind.slice(8)}${because}`
    case 'attempt.ended':
      return `  ${attempt} ${event.to}${because} (${facts.beats} beats, ${facts.usd} usd)`
    case 'plan.proposed':
      return `  plan ${facts.planId}: ${facts.title}`
    case 'cycle.opened':
    case 'cycle.reused':
      return `  ${event.kind.replace('.', ' ')}: ${facts.branch}`
    case 'finding.opened':
    case 'finding.closed':
      return `  ${event.kind.replace('.', ' ')}: ${facts.title}`
    case 'provider.waited':
      return `  waits for the provider until ${facts.until}${because}`
    case 'run.ended':
      return `■ ${event.to}${because}`
    default:
      return `  ${event.kind.replace('.', ' ')}${event.to === undefined ? '' : ` ${event.to}`}${because}`
  }
}
