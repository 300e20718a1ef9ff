import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SupervisorSettings } from '#core/settings.ts'
import { flat, synth } from './synth.ts'

const { all, only } = synth({ 'vigil:taskMemoryMiB': 8192 })
const definition = only('AWS::ECS::TaskDefinition').Properties
const [agent] = definition.ContainerDefinitions
const dockerfile = readFileSync('containers/agent/Dockerfile', 'utf8')

/** Docker's default set ("Runtime privilege and Linux capabilities"), which Fargate starts from. */
const DEFAULT =
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'

test('a task keeps the capabilities to own workspaces and end agents, and no others', () => {
  const { Capabilities } = agent.LinuxParameters
  const kept = DEFAULT.split(' ').filter((one) => !Capabilities.Drop.includes(one))
  expect(kept).toEqual(['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'SETGID', 'SETPCAP', 'SETUID'])
  expect(Capabilities.Add ?? []).toEqual([])
})

test('a task writes to its own folders only', () => {
  expect(agent.ReadonlyRootFilesystem).toBe(true)
  expect(agent.MountPoints).toEqual([
    { ContainerPath: '/work', ReadOnly: false, SourceVolume: 'work' },
    { ContainerPath: '/tmp', ReadOnly: false, SourceVolume: 'tmp' },
  ])
  expect(definition.Volumes).toEqual([{ Name: 'work' }, { Name: 'tmp' }])
})

test('a task has two minutes for its last checkpoint, and an init that reaps', () => {
  expect(agent.StopTimeout).toBe(120)
  expect(agent.LinuxParameters.InitProcessEnabled).toBe(true)
})

test('a task runs on Fargate, arm64, in the size that was set', () => {
  expect(definition).toMatchObject({
    Cpu: '1024',
    Memory: '8192',
    EphemeralStorage: { SizeInGiB: 50 },
    NetworkMode: 'awsvpc',
    RequiresCompatibilities: ['FARGATE'],
    RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
  })
})

test('the supervisor has every setting that has no default', () => {
  const given = new Map<string, string>(
    agent.Environment.map(({ Name, Value }: { Name: string; Value: unknown }) => [
      Name,
      flat(Value),
    ]),
  )
  // RunTask's override and the ECS agent give these.
  const others = { VIGIL_ATTEMPT: 'a', ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4' }
  const parsed = SupervisorSettings.parse({ ...Object.fromEntries(given), ...others })
  expect(parsed).toMatchObject({ VIGIL_WORKDIR: '/work', VIGIL_AGENT_UID: 1001 })
  for (const name of given.keys()) expect(SupervisorSettings.shape).toHaveProperty(name)
})

test('the container has the name that RunTask overrides', () => {
  const sources = readdirSync('functions', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(`functions/${file}`, 'utf8'))
  const overridden = sources.flatMap((text) => [
    ...text.matchAll(/containerOverrides: \[\s*\{\s*name: '(\w+)'/g),
  ])
  expect(overridden.map(([, name]) => name)).toEqual([agent.Name])
})

test('the agent’s user is the one that the image has', () => {
  expect(dockerfile).toContain('groupadd --gid 1001 agent')
  expect(dockerfile).toContain('useradd --uid 1001 --gid 1001 ')
})

test('every volume of a task is one of the image, so that its owner and mode are the image’s', () => {
  const [, volumes = '[]'] = /^VOLUME (.+)$/m.exec(dockerfile) ?? []
  const mounted = agent.MountPoints.map(
    ({ ContainerPath }: { ContainerPath: string }) => ContainerPath,
  )
  expect(JSON.parse(volumes).sort()).toEqual(mounted.sort())
})

test('nothing may connect to a task, and a task speaks HTTPS only', () => {
  const { SecurityGroupIngress, SecurityGroupEgress } = only('AWS::EC2::SecurityGroup').Properties
  expect(SecurityGroupIngress).toBeUndefined()
  expect(SecurityGroupEgress).toMatchObject([{ FromPort: 443, ToPort: 443, IpProtocol: 'tcp' }])
  expect(all('AWS::EC2::SecurityGroupIngress')).toEqual([])
})

test('no NAT gateway is paid for', () => {
  expect(all('AWS::EC2::NatGateway')).toEqual([])
})

test('subnets give public addresses to nobody who does not ask', () => {
  for (const [id, { Properties }] of all('AWS::EC2::Subnet'))
    expect(Properties.MapPublicIpOnLaunch, id).toBe(false)
})

test('table and bucket are reached without the internet', () => {
  const services = all('AWS::EC2::VPCEndpoint').map(([, { Properties }]) =>
    JSON.stringify(Properties.ServiceName).replace(/.*\.(\w+)"\]\]\}$/, '$1'),
  )
  expect(services.sort()).toEqual(['dynamodb', 's3'])
})

test('the cluster runs tasks on Fargate, on demand and Spot', () => {
  const { CapacityProviders } = only('AWS::ECS::ClusterCapacityProviderAssociations').Properties
  expect(CapacityProviders).toEqual(['FARGATE', 'FARGATE_SPOT'])
})
