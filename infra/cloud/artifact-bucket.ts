import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { acknowledge, wildcard } from './acknowledge.ts'

/** Folders of the bucket whose objects go by themselves, and after how many days (C7). */
export const EXPIRING: Readonly<Record<string, number>> = { 'transcripts/': 30 }

/**
 * The one bucket. Like the table it outlives the stack, under a name that a later deploy can adopt.
 */
export class ArtifactBucket extends Bucket {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      bucketName: `${Stack.of(scope).stackName.toLowerCase()}-${Aws.ACCOUNT_ID}-${Aws.REGION}`,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: Duration.days(7) },
        ...Object.entries(EXPIRING).map(([prefix, days]) => ({
          prefix,
          expiration: Duration.days(days),
        })),
      ],
    })
    acknowledge(this, {
      S1: 'Access is by the roles of this stack only; data events are CloudTrail’s.',
    })
  }

  /** Lets one of the plane's functions read and write every object. */
  grantPlane(to: IGrantable): void {
    this.grantObjects(to, '*')
  }

  /** Lets a supervisor read and write what attempts leave behind. */
  grantAgent(to: IGrantable): void {
    this.grantObjects(to, 'attempts/*', ...Object.keys(EXPIRING).map((folder) => `${folder}*`))
  }

  private grantObjects(to: IGrantable, ...keys: string[]): void {
    const reason = 'Keys hold ids that are made later.'
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:GetObject', 's3:PutObject'],
        resources: keys.map((key) => wildcard(this.stack, this.arnForObjects(key), reason)),
      }),
    )
    // Without it a missing object is answered as "access denied", not as "no such key".
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucketArn] }),
    )
  }
}
