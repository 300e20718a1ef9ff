import { expect, test } from 'vitest'
import { readDefinition } from '#infra/local/step-functions/definition/load-definition.ts'

const RESOURCES = new Set(['arn:aws:states:::lambda:invoke'])
const INVOKE = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true }

function definition(state: object, top: object = {}) {
  return { QueryLanguage: 'JSONata', StartAt: 'Only', States: { Only: state }, ...top }
}

function faults(value: unknown): string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const read = readDefinition(text, RESOURCES)
  if (!('diagnostics' in read)) return []
  return read.diagnostics.map(({ message, location = '' }) => `${location} ${message}`)
}

const table: [what: string, value: unknown, fault: string | RegExp][] = [
  [
    'a Map state',
    definition({ Type: 'Map' }),
    "/States/Only/Type State type 'Map' is not supported by this engine",
  ],
  ['a Parallel state', definition({ Type: 'Parallel' }), /'Parallel' is not supported/],
  [
    'InputPath',
    definition({ Type: 'Pass', End: true, InputPath: '$' }),
    "/States/Only Field 'InputPath' is not supported by this engine",
  ],
  ['Parameters', definition({ ...INVOKE, Parameters: {} }), /Field 'Parameters' is not supported/],
  [
    'ResultPath',
    definition({ ...INVOKE, ResultPath: '$.a' }),
    /Field 'ResultPath' is not supported/,
  ],
  [
    'ResultSelector',
    definition({ ...INVOKE, ResultSelector: {} }),
    /Field 'ResultSelector' is not supported/,
  ],
  [
    'OutputPath',
    definition({ Type: 'Succeed', OutputPath: '$' }),
    /Field 'OutputPath' is not supported/,
  ],
  [
    'Credentials',
    definition({ ...INVOKE, Credentials: {} }),
    /Field 'Credentials' is not supported/,
  ],
  [
    'SecondsPath',
    definition({ Type: 'Wait', SecondsPath: '$.s', End: true }),
    /Field 'SecondsPath' is not supported/,
  ],
  [
    'a choice rule of JSONPath',
    definition({ Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'Only' }] }),
    /Choices\/0 Field 'Variable' is not supported/,
  ],
  [
    'JSONPath as the language',
    { StartAt: 'Only', States: { Only: { Type: 'Pass', End: true } } },
    /JSONPath is not supported by this engine/,
  ],
  [
    'an unknown resource',
    definition({ ...INVOKE, Resource: 'arn:aws:states:::ecs:runTask' }),
    "/States/Only/Resource Resource 'arn:aws:states:::ecs:runTask' is not supported by this engine",
  ],
  [
    'an activity',
    definition({ ...INVOKE, Resource: 'arn:aws:states:eu-west-1:123456789012:activity:a' }),
    /is not supported by this engine/,
  ],
  [
    'an argument of lambda:invoke',
    definition({ ...INVOKE, Arguments: { FunctionName: 'f', InvocationType: 'Event' } }),
    "/States/Only/Arguments Field 'InvocationType' is not supported by this engine",
  ],
  [
    'a field at the top',
    definition({ Type: 'Succeed' }, { Versions: 1 }),
    "/ Field 'Versions' is not supported by this engine",
  ],
  [
    'a missing target',
    definition({ Type: 'Pass', Next: 'Gone' }),
    "/States/Only/Next Missing 'Next' target: Gone",
  ],
  [
    'a missing start',
    definition({ Type: 'Succeed' }, { StartAt: 'Gone' }),
    "/StartAt Missing 'StartAt' target: Gone",
  ],
  [
    'a state that nothing leads to',
    definition(
      { Type: 'Succeed' },
      { States: { Only: { Type: 'Succeed' }, Lost: { Type: 'Succeed' } } },
    ),
    '/States/Lost State "Lost" is not reachable.',
  ],
  [
    'a missing Catch target',
    definition({ ...INVOKE, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Gone' }] }),
    /Missing 'Catch' target: Gone/,
  ],
  [
    'Next with End',
    definition({ Type: 'Pass', Next: 'Only', End: true }),
    "/States/Only Exactly one of 'Next' and 'End' is required",
  ],
  ['neither Next nor End', definition({ Type: 'Pass' }), /Exactly one of 'Next' and 'End'/],
  [
    'a Wait without an end',
    definition({ Type: 'Wait', End: true }),
    /Exactly one of 'Seconds' and 'Timestamp'/,
  ],
  [
    'States.ALL beside another name',
    definition({ ...INVOKE, Retry: [{ ErrorEquals: ['States.ALL', 'A'] }] }),
    /'States.ALL' must appear alone, and last in 'Retry'/,
  ],
  [
    'States.ALL before the last',
    definition({ ...INVOKE, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] }),
    /must appear alone, and last/,
  ],
  [
    'a heartbeat longer than the timeout',
    definition({ ...INVOKE, TimeoutSeconds: 5, HeartbeatSeconds: 5 }),
    /'HeartbeatSeconds' must be smaller/,
  ],
  [
    'an expression that does not parse',
    definition({ Type: 'Pass', End: true, Output: { a: ['{% 1 + %}'] } }),
    /^\/States\/Only\/Output\/a\/0 Invalid JSONata expression: S0207/,
  ],
  [
    'an expression that does not end',
    definition({ Type: 'Pass', End: true, Output: '{% 1' }),
    /must start with \{% and end with %\}/,
  ],
  [
    'text where seconds belong',
    definition({ Type: 'Wait', Seconds: 'soon', End: true }),
    /^\/States\/Only\/Seconds /,
  ],
  [
    'a timestamp without seconds',
    definition({ Type: 'Wait', Timestamp: '2026-01-01T00:00Z', End: true }),
    /^\/States\/Only\/Timestamp String does not match RFC3339 timestamp/,
  ],
  [
    'a variable named states',
    definition({ Type: 'Pass', Assign: { states: 1 }, End: true }),
    /^\/States\/Only\/Assign/,
  ],
  [
    'a task without Resource',
    definition({ Type: 'Task', End: true }),
    '/States/Only These fields are required: [Resource]',
  ],
  ['a list', '[]', ' Definition must be a valid JSON object'],
  ['broken YAML', 'a: [', /Definition must be valid YAML or JSON/],
]

test.each(table)('%s is refused by name', (_, value, fault) => {
  const found = faults(value)
  expect(
    found.some((text) => (typeof fault === 'string' ? text === fault : fault.test(text))),
  ).toBe(true)
})

test('what the engine runs is accepted, in YAML with comments', () => {
  const text = `
    QueryLanguage: JSONata
    StartAt: Only
    States:
      Only: # why this state is there
        Type: Pass
        Comment: said again
        Output: "{% $states.input.a %}"
        End: true`
  expect(faults(text)).toEqual([])
})
