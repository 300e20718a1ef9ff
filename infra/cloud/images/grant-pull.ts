import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { wildcard } from '#infra/cloud/acknowledge.ts'

/** Lets a role pull images from repositories of ECR, by ARN. */
export const grantPull = (to: IRole, repositories: readonly string[]): void => {
  to.addToPrincipalPolicy(
    new PolicyStatement({
      actions: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:GetDownloadUrlForLayer',
        'ecr:BatchGetImage',
      ],
      resources: [...repositories],
    }),
  )
  to.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['ecr:GetAuthorizationToken'],
      resources: [wildcard(to, '*', 'ECR knows no resources for it.')],
    }),
  )
}
