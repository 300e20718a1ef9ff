import { RemovalPolicy } from 'aws-cdk-lib'
import { Repository, TagMutability } from 'aws-cdk-lib/aws-ecr'
import type { IRole } from 'aws-cdk-lib/aws-iam'
import type { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { grantPull } from './grant-pull.ts'
import { ImageBuild } from './image-build.ts'
import { ImageDeploy } from './image-deploy.ts'
import type { ImageSource } from './image-source.ts'
import { type Images, TARGETS } from './runtime.ts'

/**
 * Images that are built in the account when they are deployed, so that nobody needs Docker. A tag
 * is the hash of what its image is made of, and never moves.
 */
export class BuiltImages extends Construct implements ImageSource {
  readonly uris: Images
  private readonly repository: Repository

  constructor(scope: Construct, id: string, parts: { bundles: string; logDays: RetentionDays }) {
    super(scope, id)
    this.repository = new Repository(this, 'Repository', {
      imageScanOnPush: true,
      imageTagMutability: TagMutability.IMMUTABLE,
      // What is lost with it is built again by the next deploy.
      removalPolicy: RemovalPolicy.DESTROY,
      emptyOnDelete: true,
    })
    const build = new ImageBuild(this, 'Build', { ...parts, repository: this.repository })
    const { tag } = new ImageDeploy(this, 'Deploy', { ...parts, build })
    const uriOf = (target: string) => `${this.repository.repositoryUri}:${target}-${tag}`
    this.uris = {
      janitor: uriOf(TARGETS.janitor),
      command: uriOf(TARGETS.command),
      claude: uriOf(TARGETS.claude),
    }
  }

  grantPull(to: IRole): void {
    grantPull(to, [this.repository.repositoryArn])
  }
}
