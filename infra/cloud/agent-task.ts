import { Duration } from 'aws-cdk-lib'
import {
  Capability,
  ContainerImage,
  CpuArchitecture,
  FargateTaskDefinition,
  LinuxParameters,
  LogDriver,
  OperatingSystemFamily,
} from 'aws-cdk-lib/aws-ecs'
import type { Construct } from 'constructs'
import type { SupervisorSettings } from '#core/settings.ts'
import { acknowledge } from './acknowledge.ts'
import type { ArtifactBucket } from './artifact-bucket.ts'
import type { Context } from './context.ts'
import type { ImageSource } from './images/image-source.ts'
import { Log } from './log.ts'
import type { StateTable } from './state-table.ts'

/** The family of the task definition that projects' own ones are made from. */
export const FAMILY = 'vigil'

/** What every attempt's task looks like; `TaskDefinitions` says what is made of it. */
export class AgentTask extends FargateTaskDefinition {
  constructor(
    scope: Construct,
    id: string,
    parts: { table: StateTable; bucket: ArtifactBucket; images: ImageSource; context: Context },
  ) {
    const { table, bucket, images, context } = parts
    super(scope, id, {
      family: FAMILY,
      cpu: context.taskCpu,
      memoryLimitMiB: context.taskMemoryMiB,
      ephemeralStorageGiB: context.taskDiskGiB,
      runtimePlatform: {
        cpuArchitecture: CpuArchitecture.ARM64,
        operatingSystemFamily: OperatingSystemFamily.LINUX,
      },
    })
    const linuxParameters = new LinuxParameters(this, 'Linux', { initProcessEnabled: true })
    linuxParameters.dropCapabilities(...DROPPED)
    const container = this.addContainer('agent', {
      image: ContainerImage.fromRegistry(images.uris.janitor),
      linuxParameters,
      readonlyRootFilesystem: true,
      stopTimeout: STOP_TIMEOUT,
      logging: LogDriver.awsLogs({
        logGroup: new Log(this, 'Log', context.logDays),
        streamPrefix: 'attempt',
      }),
      environment: {
        VIGIL_TABLE: table.tableName,
        VIGIL_BUCKET: bucket.bucketName,
        VIGIL_WORKDIR: WORKDIR,
        VIGIL_AGENT_UID: AGENT_UID,
      } satisfies Partial<Record<keyof SupervisorSettings, string>>,
    })
    for (const [name, containerPath] of Object.entries({ work: WORKDIR, tmp: '/tmp' })) {
      this.addVolume({ name })
      container.addMountPoints({ sourceVolume: name, containerPath, readOnly: false })
    }
    acknowledge(this, { ECS2: 'Names of resources; keys come as secrets.' })
    images.grantPull(this.obtainExecutionRole())
    table.grantAgent(this.taskRole)
    bucket.grantAgent(this.taskRole)
  }
}

const WORKDIR = '/work'

/** The user that the Dockerfile makes for agents. */
const AGENT_UID = '1001'

/** The longest that Fargate waits between SIGTERM and SIGKILL: time for a last checkpoint. */
const STOP_TIMEOUT = Duration.seconds(120)

/**
 * Docker's default capabilities without those that the supervisor needs (to own workspaces, to
 * become the agent's user, to kill it). On Fargate one cannot drop all and add some back:
 * SYS_PTRACE is the only one that may be added.
 */
const DROPPED = [
  Capability.AUDIT_WRITE,
  Capability.FSETID,
  Capability.MKNOD,
  Capability.NET_BIND_SERVICE,
  Capability.NET_RAW,
  Capability.SETFCAP,
  Capability.SYS_CHROOT,
]
