import { randomUUID } from 'node:crypto'
import { openEngine } from '#infra/local/step-functions/engine.ts'
import { systemClock } from '#infra/local/step-functions/system-clock.ts'

const WAITING = `
QueryLanguage: JSONata
StartAt: Launch
States:
  Launch:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
    Arguments: { FunctionName: launch, Payload: { token: '{% $states.context.Task.Token %}' } }
    HeartbeatSeconds: 600
    TimeoutSeconds: 6000
    End: true
`

/** `thousand-waiting PATH`: a thousand executions that wait; prints their number, the memory before and with them in MB. */
const engine = openEngine({
  path: process.argv[2] ?? '',
  region: 'eu-west-1',
  account: '123456789012',
  clock: systemClock,
  newId: randomUUID,
  random: Math.random,
  publish: () => {},
  definitions: [{ name: 'm', text: WAITING }],
  functions: () => async () => null,
})
engine.start()
const stateMachineArn = engine.stateMachineArn('m')
const input = JSON.stringify({ runId: 'a'.repeat(26), turnId: 'b'.repeat(26) })
const before = memory()
for (let n = 0; n < 1_000; n += 1) engine.startExecution({ stateMachineArn, input })
while (!engine.idle()) await new Promise((resolve) => setImmediate(resolve))
const { executions } = engine.listExecutions({
  stateMachineArn,
  statusFilter: 'RUNNING',
  maxResults: 1_000,
})
process.stdout.write(JSON.stringify({ waiting: executions.length, before, after: memory() }))
await engine.close()

function memory(): number {
  return Math.round(process.memoryUsage().rss / 2 ** 20)
}
