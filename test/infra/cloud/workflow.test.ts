import { readdirSync, readFileSync } from 'node:fs'
import aslValidator from 'asl-validator'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { Clocks } from '#core/contracts/project.ts'
import { HANDLERS, pascalCase } from '#infra/cloud/handlers.ts'
import { flat, functionNamed, type Resource, synth } from './synth.ts'

const synthesized = synth()
const { all, only } = synthesized

const FILES = {
  'Vigil-pipeline': 'infra/workflows/pipeline.asl.yaml',
  'Vigil-turn': 'infra/workflows/turn.asl.yaml',
  'Vigil-build-images': 'infra/cloud/images/build-images.asl.yaml',
}

interface State {
  readonly Type: string
  readonly Resource?: string
  readonly Arguments?: { readonly FunctionName?: string }
  readonly TimeoutSeconds?: number | string
}

const definitionOf = (file: string): { States: Record<string, State> } =>
  parse(readFileSync(file, 'utf8'))

const machineNamed = (name: string): Resource => {
  const found = all('AWS::StepFunctions::StateMachine').find(
    ([, { Properties }]) => Properties.StateMachineName === name,
  )
  if (!found) throw new Error(`no state machine ${name}`)
  return found[1]
}

const invocations = (file: string): [string, State][] =>
  Object.entries(definitionOf(file).States).filter(([, { Arguments }]) => Arguments?.FunctionName)

const planeInvocations = ['Vigil-pipeline', 'Vigil-turn'].flatMap((name) =>
  invocations(FILES[name as keyof typeof FILES]),
)

test('three state machines are deployed, all of them Standard', () => {
  const machines = all('AWS::StepFunctions::StateMachine').map(([, { Properties }]) => Properties)
  expect(machines.map((one) => one.StateMachineName).sort()).toEqual(Object.keys(FILES).sort())
  for (const { StateMachineType } of machines)
    expect(StateMachineType ?? 'STANDARD').toBe('STANDARD')
})

test.for(Object.entries(FILES))('%s is its file', ([name, file]) => {
  const { DefinitionString } = machineNamed(name).Properties
  expect(JSON.parse(DefinitionString)).toEqual(definitionOf(file))
})

test.for(Object.entries(FILES))('%s is valid to asl-validator', ([name]) => {
  const { DefinitionString } = machineNamed(name).Properties
  const { isValid, errorsText } = aslValidator(JSON.parse(DefinitionString))
  expect(errorsText('\n')).toBe('')
  expect(isValid).toBe(true)
})

test.for(Object.entries(FILES))('%s is given what it leaves open, no more', ([name, file]) => {
  const { DefinitionString, DefinitionSubstitutions } = machineNamed(name).Properties
  const open = [...DefinitionString.matchAll(/\$\{(\w+)\}/g)].map(([, key]) => key)
  expect(Object.keys(DefinitionSubstitutions).sort()).toEqual([...new Set(open)].sort())
  for (const [state] of invocations(file))
    expect(flat(DefinitionSubstitutions[state]), state).toMatch(
      new RegExp(`^<\\w*${state}Function[0-9A-F]{8}\\.Arn>$`),
    )
})

test('states that invoke a function, files of steps and deployed steps are the same', () => {
  const files = readdirSync('functions/steps').map((file) => file.replace(/\.ts$/, ''))
  const states = planeInvocations.map(([state]) => state)
  expect([...HANDLERS.steps].sort()).toEqual(files.sort())
  expect(states.sort()).toEqual(files.map(pascalCase).sort())
  for (const state of states) expect(functionNamed(synthesized, state)).toBeDefined()
})

test('each state invokes the function of its own name', () => {
  for (const [state, { Arguments }] of planeInvocations)
    expect(Arguments?.FunctionName).toBe(`\${${state}}`)
})

test('files of events and deployed handlers of events are the same', () => {
  const files = readdirSync('functions/events').map((file) => file.replace(/\.ts$/, ''))
  expect([...HANDLERS.events].sort()).toEqual(files.sort())
})

test.for(Object.values(FILES).flatMap(invocations))(
  '%s waits longer than its function runs',
  ([state, { TimeoutSeconds }]) => {
    // A timeout that comes with the attempt is never below its first clock.
    const waits = typeof TimeoutSeconds === 'number' ? TimeoutSeconds : Clocks.parse({}).start
    expect(functionNamed(synthesized, state).Properties.Timeout).toBeLessThan(waits)
  },
)

test('logs of state machines hold no data of executions', () => {
  for (const [id, { Properties }] of all('AWS::StepFunctions::StateMachine'))
    expect(Properties.LoggingConfiguration, id).toMatchObject({
      IncludeExecutionData: false,
      Level: 'ALL',
    })
})

test('state machines are traced', () => {
  for (const [id, { Properties }] of all('AWS::StepFunctions::StateMachine'))
    expect(Properties.TracingConfiguration, id).toEqual({ Enabled: true })
})

test('a state machine may invoke its own steps and no others', () => {
  for (const [, { Properties }] of all('AWS::StepFunctions::StateMachine')) {
    const role = Properties.RoleArn['Fn::GetAtt'][0]
    const own = all('AWS::IAM::Policy').filter(([, policy]) =>
      policy.Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role),
    )
    const allowed = own
      .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement)
      .filter(({ Action }) => Action === 'lambda:InvokeFunction')
      .flatMap(({ Resource }) => Resource)
    const invoked = Object.values(Properties.DefinitionSubstitutions).filter((value) =>
      /Function[0-9A-F]{8}\.Arn>$/.test(flat(value)),
    )
    expect(allowed.map(flat).sort()).toEqual(invoked.map(flat).sort())
  }
})

test('new runs pin a version of the turn workflow, and versions stay (T18)', () => {
  const version = only('AWS::StepFunctions::StateMachineVersion')
  expect(version).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' })
  expect(flat(version.Properties.StateMachineRevisionId)).toMatch(
    /^<Turn\w+\.StateMachineRevisionId>$/,
  )
  const { Variables } = functionNamed(synthesized, 'StartRun').Properties.Environment
  expect(flat(Variables.VIGIL_TURN_ARN)).toMatch(/^<TurnVersion\w*\.Arn>$/)
})

test('the pipeline may run turns as startExecution.sync:2 does', () => {
  const found = all('AWS::IAM::Policy').find(([id]) => id.startsWith('PipelineWorkflowRole'))
  const statements = JSON.stringify(found?.[1].Properties.PolicyDocument.Statement)
  expect(statements).toContain('rule/StepFunctionsGetEventsForStepFunctionsExecutionRule')
  expect(statements).toContain(':execution:Vigil-turn:*')
  expect(statements).toMatch(/"states:StartExecution","Effect":"Allow","Resource":\{"Ref":"Turn/)
})

test('tasks may answer for turns', () => {
  const found = all('AWS::IAM::Policy').find(([id]) => id.startsWith('TaskTaskRole'))
  const answer = found?.[1].Properties.PolicyDocument.Statement.find(
    ({ Action }: { Action: unknown }) => JSON.stringify(Action).includes('states:'),
  )
  expect(answer.Action).toEqual([
    'states:SendTaskFailure',
    'states:SendTaskHeartbeat',
    'states:SendTaskSuccess',
  ])
  expect(flat(answer.Resource)).toMatch(/^<TurnWorkflow/)
})
