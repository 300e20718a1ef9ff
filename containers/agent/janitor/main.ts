import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { AgentRequest } from '#core/contracts/agent-request.ts'
import type { Phase } from '#core/contracts/phase.ts'
import { audit } from './phases/audit.ts'
import { code } from './phases/code.ts'
import { discover } from './phases/discover.ts'
import { report } from './phases/report.ts'
import { resolve } from './phases/resolve.ts'
import { openTurn, type Turn } from './turn.ts'

/** The janitor's environment, as the supervisor sets it. */
const Environment = z.object({
  VIGIL_REQUEST: z.string().min(1),
  /** Milliseconds to wait before each edit, heard meanwhile: for trying a kill on a slow run. */
  JANITOR_PAUSE_MS: z.coerce.number().int().min(0).default(0),
})

/** What is wrong with the set-up that the supervisor gave. */
const EX_CONFIG = 78

const PHASES: Partial<Record<Phase, (turn: Turn) => Promise<void>>> = {
  discovery: discover,
  code,
  fix: code,
  audit,
  final_audit: audit,
  report,
  resolve,
}

/** No model, no tokens, no cost: known to be zero, which is not unknown. */
const FREE = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  reasoningTokens: 0,
  usd: 0,
}

const turn = open()
if (turn instanceof Error) {
  process.stderr.write(`janitor: ${turn.message}\n`)
  process.exitCode = EX_CONFIG
} else {
  turn.emit({ type: 'usage', usage: { janitor: FREE } })
  await PHASES[turn.request.phase]?.(turn)
}

function open(): Turn | Error {
  try {
    const environment = Environment.parse(process.env)
    const request = AgentRequest.parse(JSON.parse(readFileSync(environment.VIGIL_REQUEST, 'utf8')))
    return request.phase in PHASES
      ? openTurn(request, process.cwd(), environment.JANITOR_PAUSE_MS)
      : new Error(`the phase ${request.phase} has no agent`)
  } catch (error) {
    if (error instanceof z.ZodError) return new Error(z.prettifyError(error))
    return error instanceof Error ? error : new Error(String(error))
  }
}
