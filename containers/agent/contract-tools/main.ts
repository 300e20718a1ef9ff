import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { readOutbox } from '#containers/agent/outbox.ts'
import { ContractToolsSettings, readSettings } from '#core/settings.ts'
import { contractTools } from './server.ts'

const settings = readSettings(ContractToolsSettings)
const request = { nonce: settings.VIGIL_NONCE, phase: settings.VIGIL_PHASE }
const outbox = settings.VIGIL_OUTBOX
const found = await readOutbox(outbox, request)
await contractTools({ outbox, request, found }).connect(new StdioServerTransport())
