import { environment, readSettings, SupervisorSettings } from '#core/settings.ts'
import { supervise } from './supervise.ts'
import { openWorker } from './worker.ts'

const stop = new AbortController()
process.on('SIGTERM', () => stop.abort())
process.on('SIGINT', () => stop.abort())

const worker = openWorker(readSettings(SupervisorSettings), environment())
process.exit(await supervise(worker, stop.signal))
