import { LocalSettings, readSettings } from '#core/settings.ts'
import { openTableEngine } from '#infra/local/dynamodb/open-table-engine.ts'

/** A plane that opens its table engine, says where it is, and waits to be killed. */
const [folder = ''] = process.argv.slice(2)
const engine = await openTableEngine(folder, undefined, readSettings(LocalSettings, {}))
process.stdout.write(JSON.stringify({ endpoint: engine.endpoint, process: engine.process }))
