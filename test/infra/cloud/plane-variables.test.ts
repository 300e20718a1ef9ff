import { expect, test } from 'vitest'
import { PlaneSettings } from '#core/settings.ts'
import { HANDLERS, pascalCase } from '#infra/cloud/handlers.ts'
import { flat, functionNamed, synth } from './synth.ts'

const synthesized = synth({ 'vigil:runsAtOnce': '7' })
const names = [...HANDLERS.steps, ...HANDLERS.events, 'api'].map(pascalCase)

const variablesOf = (id: string): Record<string, unknown> =>
  functionNamed(synthesized, id).Properties.Environment.Variables

test.for(names)('%s has every variable of the plane’s settings', (id) => {
  expect(Object.keys(variablesOf(id)).sort()).toEqual(Object.keys(PlaneSettings.shape).sort())
})

test.for(names)('the settings of %s parse', (id) => {
  const text = Object.entries(variablesOf(id)).map(([key, value]) => [key, flat(value)])
  expect(PlaneSettings.parse(Object.fromEntries(text))).toMatchObject({
    VIGIL_RUNS_AT_ONCE: 7,
    VIGIL_PUBLIC_IP: true,
    VIGIL_IMAGES: { janitor: expect.any(String), command: expect.any(String) },
    VIGIL_SUBNETS: [expect.stringMatching('Network'), expect.stringMatching('Network')],
  })
})

test('no function has a variable that no setting reads', () => {
  for (const [id, { Properties }] of synthesized.all('AWS::Lambda::Function')) {
    const given = Object.keys(Properties.Environment?.Variables ?? {})
    const foreign = given.filter((key) => !(key in PlaneSettings.shape))
    expect(foreign, id).toEqual([])
  }
})

test('keys are parameters of this account below one prefix', () => {
  expect(flat(variablesOf('Api').VIGIL_SECRET_PREFIX)).toBe(
    'arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter/vigil/keys/',
  )
})
