import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { openOutput } from '#cli/output.ts'
import { UsageError } from '#cli/usage-error.ts'
import { chooseRuntime } from '#containers/agent/runtimes/choose-runtime.ts'
import type { AgentEvent } from '#core/contracts/agent-protocol.ts'
import { AgentRequest } from '#core/contracts/agent-request.ts'
import { RUNTIMES } from '#core/contracts/project.ts'

/**
 * `vigil transcript explain --runtime claude FILE`: what an agent wrote to stdout, as events, and what
 * its end is judged to be. How its process ended is not in the file: `exit` says it.
 */
export const explainTranscript = async (
  file: string,
  options: { runtime: string; model?: string; exit?: number; json?: boolean },
): Promise<number> => {
  if (![...RUNTIMES, 'command'].includes(options.runtime))
    throw new UsageError(`--runtime must be ${RUNTIMES.join(', ')} or command`)
  const output = openOutput(options.json ?? false)
  const agent = options.runtime === 'command' ? 'command:agent' : options.runtime
  const reader = chooseRuntime(agent).reader(aRequest(options.model))
  const events: AgentEvent[] = []
  try {
    for await (const line of createInterface({ input: createReadStream(file) }))
      for (const event of reader.parse(line)) {
        if (options.json) events.push(event)
        else output.line(inWords(event))
      }
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : ''}`)
  }
  const fault = reader.settle({ code: options.exit ?? 0, signal: null }) ?? null
  output.answer({ events, class: fault }, `■ ${fault ?? 'no failure'}`)
  return 0
}

/** Readers look at the model alone. */
const aRequest = (model: string | undefined): AgentRequest =>
  AgentRequest.parse({
    ...{ protocol: 1, runId: '', turnId: '', attempt: 1, phase: 'code', nonce: '' },
    ...{ workspace: '', outbox: '', prompt: '', ...(model !== undefined && { model }) },
    work: { project: { id: '', notes: '' }, signals: [], plans: [], findings: [], summaries: [] },
    limits: { progressSeconds: 0, toolSeconds: 0, turnSeconds: 0, usd: 0 },
  })

const inWords = (event: AgentEvent): string => {
  const { type, ...rest } = event
  const words = Object.values(rest).map((value) =>
    typeof value === 'string' ? value.replaceAll(/\s+/g, ' ').slice(0, 160) : JSON.stringify(value),
  )
  return [type.padEnd(11), ...words].join(' ')
}
