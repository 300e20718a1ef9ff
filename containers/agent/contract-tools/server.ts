import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import type { AttemptRequest } from '#core/contracts/attempt-request.ts'
import { PHASE_TOOLS, TOOLS, type ToolName } from '#core/contracts/submission.ts'
import { accept, type Submissions } from './accept.ts'
import { SERVER } from './server-name.ts'

/** What the contract tools serve: one attempt's outbox, and what lies in it already. */
export interface Desk {
  readonly outbox: string
  readonly request: Pick<AttemptRequest, 'nonce' | 'phase'>
  readonly found: Submissions
}

/**
 * The contract tools of a phase as an MCP server. A call that is accepted lies in the outbox before
 * it is answered; one that is refused is told why, and may be made again.
 */
export const contractTools = ({ outbox, request, found }: Desk): McpServer => {
  const server = new McpServer({ name: SERVER, version: '1.0.0' })
  let handedIn = found.findings.length + found.closed.length + found.summaries.length
  for (const tool of PHASE_TOOLS[request.phase])
    server.registerTool(
      tool,
      { description: DESCRIPTIONS[tool], inputSchema: TOOLS[tool] },
      async (body: object) => {
        const because = accept(found, request.phase, tool, body)
        if (because !== undefined) return say(`Refused: ${because}`, true)
        handedIn += 1
        const name = `${tool}.${String(handedIn).padStart(4, '0')}.json`
        await handIn(outbox, name, { nonce: request.nonce, ...body })
        return say(tool === 'complete_turn' ? 'Your turn is over: end now.' : 'Taken.', false)
      },
    )
  return server
}

const handIn = async (outbox: string, name: string, body: object): Promise<void> => {
  const part = join(outbox, `.${name}`)
  await writeFile(part, JSON.stringify(body))
  await rename(part, join(outbox, name)) // Nobody reads half a file.
}

const say = (text: string, isError: boolean) => ({
  content: [{ type: 'text' as const, text }],
  isError,
})

const DESCRIPTIONS: Record<ToolName, string> = {
  submit_plan: 'Propose the one piece of work that you found. Once a turn.',
  report_finding: 'Report one thing that is wrong: a bug blocks, a warning does not.',
  close_finding: 'Close an open finding that is mended or never was one, and say why.',
  submit_section_summary: 'Sum up a section: what is done, what deviates, what is left.',
  submit_report: 'Tell in a few plain sentences what was done and what is left.',
  complete_turn: 'Say that your turn is over, and how it ended. Always, and last.',
}
