import { readFileSync } from 'node:fs'
import type { AttemptRequest } from '#core/contracts/attempt-request.ts'
import { PHASE_TOOLS } from '#core/contracts/submission.ts'

/**
 * The whole instruction in words for an agent that is a language model: the phase's task, what
 * happened before, how to hand in, the rules, and the plane's data as data. `mcp`: the agent has the
 * contract tools, else it writes files.
 */
export const promptFor = (request: AttemptRequest, outbox: string, mcp: boolean): string => {
  const { phase, nonce, restart, language, work } = request
  const tools = PHASE_TOOLS[phase].map((tool) => `\`${tool}\``).join(', ')
  return [
    fill(phase.replace('_', '-'), {}),
    restart && `Note: ${restart.note}`,
    mcp ? fill('tools', { tools }) : fill('files', { tools, outbox, nonce }),
    fill('rules', { language }),
    fill('data', {}),
    '<data>',
    JSON.stringify(
      { ...work, ...(restart?.lastActs && { lastActs: restart.lastActs }) },
      null,
      1,
    ).replaceAll('</', '<\\/'), // No text can end the data.
    '</data>',
  ]
    .filter((part) => part !== undefined)
    .join('\n\n')
    .replaceAll('\0', '') // A program's arguments cannot have it.
}

/** What an agent is told that was interrupted because it went silent (T5). */
export const nudge = (): string => fill('nudge', {})

/** What an agent is told that ended without a valid completion (T15). */
export const askAgain = (why: string): string => fill('ask-again', { why })

/** A text of `prompts/` with its `{{names}}` filled in. */
const fill = (name: string, values: Record<string, string>): string => {
  const text = readFileSync(new URL(`prompts/${name}.md`, import.meta.url), 'utf8').trim()
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => {
    const value = values[key]
    if (value === undefined) throw new TypeError(`prompts/${name}.md has no value for ${key}`)
    return value
  })
}
