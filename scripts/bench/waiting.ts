import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ulid } from 'ulid'
import { openEngine } from '#infra/local/step-functions/engine.ts'
import { systemClock } from '#infra/local/step-functions/system-clock.ts'

/** What a process weighs in which 1,000 executions wait, and with none. */
const folder = mkdtempSync(join(tmpdir(), 'vigil-bench-'))
const definition = {
  QueryLanguage: 'JSONata',
  StartAt: 'Waits',
  States: { Waits: { Type: 'Wait', Seconds: 3_456_000, End: true } },
}
const engine = openEngine({
  path: join(folder, 'journal.db'),
  region: 'local',
  account: '000000000000',
  definitions: [{ name: 'waits', text: JSON.stringify(definition) }],
  functions: () => undefined,
  publish: () => undefined,
  clock: systemClock,
  newId: () => ulid().toLowerCase(),
  random: Math.random,
})
engine.start()
const megabytes = () => Math.round(process.memoryUsage.rss() / 1024 ** 2)
const emptyMb = megabytes()
for (let index = 0; index < 1_000; index += 1)
  engine.startExecution({ stateMachineArn: engine.stateMachineArn('waits'), input: '{}' })
while (!engine.idle()) await new Promise((resolve) => setTimeout(resolve, 10))
process.stdout.write(JSON.stringify({ emptyMb, rssMb: megabytes() }))
await engine.close()
rmSync(folder, { recursive: true, force: true })
process.exit(0)
