import { randomUUID } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { type Engine, openEngine } from '#infra/local/step-functions/engine.ts'
import { settled, virtualClock } from '../virtual-clock.ts'

const INVOKE = 'arn:aws:states:::lambda:invoke'
const COUNT = '{% $states.context.State.RetryCount %}'

const PARENT = `
QueryLanguage: JSONata
StartAt: Begin
States:
  Begin: { Type: Pass, Assign: { word: kept }, Next: Flaky }
  Flaky:
    Type: Task
    Resource: ${INVOKE}
    Arguments: { FunctionName: flaky, Payload: { tries: '${COUNT}' } }
    Retry: [{ ErrorEquals: [unlucky] }]
    Assign: { lucky: '{% $states.result.Payload %}' }
    Next: Launch
  Launch:
    Type: Task
    Resource: ${INVOKE}.waitForTaskToken
    Arguments: { FunctionName: launch, Payload: { token: '{% $states.context.Task.Token %}' } }
    HeartbeatSeconds: 600
    Next: Nested
  Nested:
    Type: Task
    Resource: arn:aws:states:::states:startExecution.sync:2
    Arguments:
      StateMachineArn: arn:aws:states:eu-west-1:123456789012:stateMachine:child
      Input: { given: '{% $states.input %}' }
    Output: '{% $states.result.Output %}'
    Next: Decide
  Decide:
    Type: Choice
    Choices: [{ Condition: "{% $word = 'kept' %}", Next: Rest }]
    Default: Lost
  Rest: { Type: Wait, Seconds: 30, Next: End }
  End: { Type: Succeed, Output: { lucky: '{% $lucky %}', nested: '{% $states.input %}' } }
  Lost: { Type: Fail }
`

const CHILD = `
QueryLanguage: JSONata
StartAt: Work
States:
  Work:
    Type: Task
    Resource: ${INVOKE}
    Arguments: { FunctionName: work, Payload: '{% $states.input %}' }
    Output: '{% $states.result.Payload %}'
    Catch: [{ ErrorEquals: [States.ALL], Next: Lost }]
    End: true
  Lost: { Type: Fail }
`

/** What the scenario did outside the journal, one line each: calls of functions, and status changes. */
export type Deed = { call: string; event: unknown } | { status: string; name: string }

export function readDeeds(file: string): Deed[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** Runs the scenario on the files at `path`, going on with what is there, to its end or to its death. */
export async function runScenario(path: string, onWrite: (n: number) => void): Promise<Engine> {
  const deeds = `${path}.deeds`
  const clock = virtualClock()
  const tell = (deed: Deed) => appendFileSync(deeds, `${JSON.stringify(deed)}\n`)
  const functions: Record<string, (event: { tries?: number }) => unknown> = {
    flaky: ({ tries }) => {
      if (tries === 0) throw Object.assign(new Error('not yet'), { name: 'unlucky' })
      return tries
    },
    launch: () => null,
    work: () => 'worked',
  }
  const engine = openEngine({
    path,
    onWrite,
    clock,
    region: 'eu-west-1',
    account: '123456789012',
    newId: randomUUID,
    random: () => 0.5,
    publish: ({ status, name }) => tell({ status, name }),
    definitions: [
      { name: 'parent', text: PARENT },
      { name: 'child', text: CHILD },
    ],
    functions: (arn) => {
      const name = arn.split(':').at(-1) ?? ''
      return async (event) => {
        tell({ call: name, event })
        return functions[name]?.(event as { tries?: number })
      }
    },
  })
  engine.start()
  const stateMachineArn = engine.stateMachineArn('parent')
  if (engine.listExecutions({ stateMachineArn }).executions.length === 0) {
    engine.startExecution({ stateMachineArn, name: 'whole' })
  }
  const executionArn = `${stateMachineArn.replace('stateMachine', 'execution')}:whole`
  for (;;) {
    await settled()
    if (engine.describeExecution({ executionArn }).status !== 'RUNNING') break
    const { events } = engine.getExecutionHistory({
      executionArn,
      reverseOrder: true,
      maxResults: 1,
    })
    const token = readDeeds(deeds).findLast((deed) => 'call' in deed && deed.call === 'launch')
    if (events[0]?.type === 'TaskSubmitted' && isLaunch(engine, executionArn)) {
      const taskToken = (token as { event: { token: string } }).event.token
      await engine.sendTaskSuccess({ taskToken, output: '"launched"' })
    } else if (!clock.next()) throw new Error('The scenario is stuck')
  }
  await settled()
  return engine
}

function isLaunch(engine: Engine, executionArn: string): boolean {
  const { events } = engine.getExecutionHistory({ executionArn })
  const entered = events.findLast(({ type }) => type === 'TaskStateEntered')
  return JSON.stringify(entered).includes('"Launch"')
}
