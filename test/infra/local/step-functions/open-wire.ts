import { stepFunctionsWire } from '#infra/local/step-functions/wire.ts'
import { openTestEngine } from './open-test-engine.ts'
import { serveWire } from './serve-wire.ts'

/** A machine whose one task waits for somebody to end it. */
export const MACHINE = `
QueryLanguage: JSONata
StartAt: Launch
States:
  Launch:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
    Arguments: { FunctionName: launch, Payload: { token: '{% $states.context.Task.Token %}', name: '{% $states.context.Execution.Name %}' } }
    HeartbeatSeconds: 60
    End: true
`

/** An engine behind the protocol, and a client; `start` gives a running execution and its task's token. */
export async function openWire() {
  const launched = new Map<string, { token: string; tell: () => void; told: Promise<void> }>()

  function launch(name: string) {
    const known = launched.get(name)
    if (known) return known
    const { promise, resolve } = Promise.withResolvers<void>()
    const entry = { token: '', tell: resolve, told: promise }
    launched.set(name, entry)
    return entry
  }

  const engine = openTestEngine({
    machines: { m: MACHINE },
    functions: {
      launch: (event) => {
        const { token, name } = event as { token: string; name: string }
        Object.assign(launch(name), { token })
        launch(name).tell()
      },
    },
  })
  engine.start()
  const stateMachineArn = engine.stateMachineArn('m')
  const service = await serveWire(stepFunctionsWire(engine))

  async function start(name: string) {
    const { executionArn = '' } = await service.client.startExecution({
      stateMachineArn,
      name,
      input: '{"n":1}',
    })
    await launch(name).told
    return { executionArn, taskToken: launch(name).token }
  }

  return {
    client: service.client,
    stateMachineArn,
    versionArn: engine.versionArn('m'),
    start,
    async close() {
      await service.close()
      await engine.close()
    },
  }
}
