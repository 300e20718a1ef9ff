import { describe, expect, test } from 'vitest'
import { LocalSettings, PlaneSettings, readSettings, SupervisorSettings } from '#core/settings.ts'

const PLANE = {
  VIGIL_TABLE: 'vigil',
  VIGIL_BUCKET: 'vigil-1',
  VIGIL_PIPELINE_ARN: 'arn:pipeline',
  VIGIL_TURN_ARN: 'arn:turn:1',
  VIGIL_CLUSTER: 'vigil',
  VIGIL_TASK_DEFINITION: 'vigil-agent',
  VIGIL_IMAGES: '{"claude":"1.dkr.ecr/claude@sha256:0"}',
  VIGIL_BUS: 'vigil',
}
const SUPERVISOR = {
  VIGIL_ATTEMPT: 'run-1-t1-a1',
  VIGIL_TABLE: 'vigil',
  VIGIL_BUCKET: 'vigil-1',
  ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/1',
}

type Read = (given: NodeJS.ProcessEnv) => unknown
const plane: Read = (given) => readSettings(PlaneSettings, { ...PLANE, ...given })
const supervisor: Read = (given) => readSettings(SupervisorSettings, { ...SUPERVISOR, ...given })
const local: Read = (given) => readSettings(LocalSettings, given)
const GROUPS = { plane, supervisor, local }

test('what is not given is its default', () => {
  expect(plane({})).toMatchObject({
    VIGIL_IMAGES: { claude: '1.dkr.ecr/claude@sha256:0' },
    VIGIL_SECRET_PREFIX: '',
    VIGIL_SUBNETS: [],
    VIGIL_PUBLIC_IP: true,
    VIGIL_RUNS_AT_ONCE: 20,
  })
  expect(supervisor({})).toMatchObject({ VIGIL_WORKDIR: '/work', VIGIL_BEAT_SECONDS: 20 })
  expect(supervisor({})).not.toHaveProperty('VIGIL_AGENT_UID')
  expect(local({})).toMatchObject({
    VIGIL_BEAT_SECONDS: 1,
    VIGIL_CHECKPOINT_SECONDS: 60,
    VIGIL_RUNS_AT_ONCE: 20,
    VIGIL_TABLE_ENGINE: 'auto',
  })
})

test('what is given is read as what it is', () => {
  expect(plane({ VIGIL_SUBNETS: 'subnet-1,subnet-2', VIGIL_PUBLIC_IP: 'false' })).toMatchObject({
    VIGIL_SUBNETS: ['subnet-1', 'subnet-2'],
    VIGIL_PUBLIC_IP: false,
  })
  expect(supervisor({ VIGIL_BEAT_SECONDS: '0.5', VIGIL_AGENT_UID: '1001' })).toMatchObject({
    VIGIL_BEAT_SECONDS: 0.5,
    VIGIL_AGENT_UID: 1001,
  })
  expect(local({ VIGIL_HOME: '/var/vigil', VIGIL_PORT: '0' })).toMatchObject({
    VIGIL_HOME: '/var/vigil',
    VIGIL_PORT: 0,
  })
})

describe('a variable that is wrong is named', () => {
  test.each<[variable: string, value: string | undefined, group: keyof typeof GROUPS]>([
    ['VIGIL_TABLE', undefined, 'plane'],
    ['VIGIL_BUS', undefined, 'plane'],
    ['VIGIL_IMAGES', undefined, 'plane'],
    ['VIGIL_IMAGES', 'claude=1.dkr.ecr/claude', 'plane'],
    ['VIGIL_IMAGES', '["claude"]', 'plane'],
    ['VIGIL_IMAGES', '{"claude":1}', 'plane'],
    ['VIGIL_RUNS_AT_ONCE', '0', 'plane'],
    ['VIGIL_RUNS_AT_ONCE', 'many', 'plane'],
    ['VIGIL_PUBLIC_IP', 'perhaps', 'plane'],
    ['VIGIL_ATTEMPT', undefined, 'supervisor'],
    ['VIGIL_BEAT_SECONDS', '', 'supervisor'],
    ['VIGIL_AGENT_UID', '', 'supervisor'],
    ['VIGIL_AGENT_UID', '-1', 'supervisor'],
    ['VIGIL_AGENT_UID', '0', 'supervisor'],
    ['VIGIL_AGENT_UID', 'agent', 'supervisor'],
    ['VIGIL_PORT', '65536', 'local'],
    ['VIGIL_PORT', '80.5', 'local'],
    ['VIGIL_TABLE_ENGINE', 'sqlite', 'local'],
    ['VIGIL_DYNAMODB_ENDPOINT', 'localhost:8000', 'local'],
  ])('%s as %j of the %s', (variable, value, group) => {
    const read = () => GROUPS[group]({ [variable]: value })
    expect(read).toThrow(new RegExp(`\\b${variable}\\b.*: .`))
  })

  test('and so is every other one', () => {
    expect(() => readSettings(SupervisorSettings, {})).toThrow(
      /VIGIL_ATTEMPT.*VIGIL_TABLE.*VIGIL_BUCKET.*ECS_CONTAINER_METADATA_URI_V4/s,
    )
  })
})
