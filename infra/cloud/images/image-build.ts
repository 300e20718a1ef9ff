import { Duration } from 'aws-cdk-lib'
import {
  BuildSpec,
  ComputeType,
  LinuxArmBuildImage,
  Project,
  Source,
} from 'aws-cdk-lib/aws-codebuild'
import type { Repository } from 'aws-cdk-lib/aws-ecr'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { acknowledge, wildcard } from '#infra/cloud/acknowledge.ts'
import { Log } from '#infra/cloud/log.ts'
import { buildCommands } from './build-commands.ts'
import { ImageFiles } from './image-files.ts'

/** The CodeBuild project that builds the images and pushes those that are not there yet. */
export class ImageBuild extends Construct {
  readonly project: Project
  readonly log: Log
  /** The hash of what the images are made of. */
  readonly tag: string

  constructor(
    scope: Construct,
    id: string,
    { repository, logDays }: { repository: Repository; logDays: RetentionDays },
  ) {
    super(scope, id)
    const files = new ImageFiles(this, 'Files')
    this.tag = files.assetHash
    this.log = new Log(this, 'Log', logDays)
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codebuild.amazonaws.com'),
    })
    this.project = new Project(this, 'Project', {
      // What CDK would add to the role holds wildcard actions.
      role: role.withoutPolicyUpdates(),
      source: Source.s3({ bucket: files.bucket, path: files.s3ObjectKey }),
      environment: {
        buildImage: LinuxArmBuildImage.AMAZON_LINUX_2023_STANDARD_3_0,
        computeType: ComputeType.SMALL,
        privileged: true,
      },
      environmentVariables: {
        REPOSITORY: { value: repository.repositoryUri },
        REPOSITORY_NAME: { value: repository.repositoryName },
        TAG: { value: this.tag },
      },
      buildSpec: BuildSpec.fromObject({
        version: '0.2',
        phases: { build: { commands: buildCommands } },
      }),
      timeout: Duration.minutes(20),
      grantReportGroupPermissions: false,
      logging: { cloudWatch: { logGroup: this.log } },
    })
    acknowledge(this.project, {
      CB3: 'docker build needs it; what it builds is this repository.',
      CB4: 'It leaves no artifact behind but images, which ECR encrypts.',
    })
    this.log.grantWrite(role)
    const { bucket } = files
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:GetObject', 's3:GetObjectVersion'],
        resources: [bucket.arnForObjects(files.s3ObjectKey)],
      }),
    )
    role.addToPolicy(
      new PolicyStatement({
        actions: ['s3:GetBucketAcl', 's3:GetBucketLocation'],
        resources: [bucket.bucketArn],
      }),
    )
    role.addToPolicy(new PolicyStatement({ actions: PUSH, resources: [repository.repositoryArn] }))
    role.addToPolicy(
      new PolicyStatement({
        actions: ['ecr:GetAuthorizationToken'],
        resources: [wildcard(role, '*', 'ECR knows no resources for it.')],
      }),
    )
  }
}

const PUSH = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:CompleteLayerUpload',
  'ecr:DescribeImages',
  'ecr:GetDownloadUrlForLayer',
  'ecr:InitiateLayerUpload',
  'ecr:PutImage',
  'ecr:UploadLayerPart',
]
