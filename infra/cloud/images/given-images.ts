import { Arn, Aws } from 'aws-cdk-lib'
import { grantPull } from './grant-pull.ts'
import type { ImageSource } from './image-source.ts'
import type { Images } from './runtime.ts'

/** Images that an operator has built and pushed: those in ECR are allowed, others must be public. */
export const givenImages = (uris: Images): ImageSource => ({
  uris,
  grantPull: (to) => {
    const repositories = new Set(Object.values(uris).flatMap(repositoryOf))
    if (repositories.size > 0) grantPull(to, [...repositories])
  },
})

const repositoryOf = (uri: string): string[] => {
  const [, account, region, resourceName] = ECR.exec(uri) ?? []
  if (!account || !region || !resourceName) return []
  const place = { partition: Aws.PARTITION, account, region }
  return [Arn.format({ ...place, service: 'ecr', resource: 'repository', resourceName })]
}

const ECR = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com[.a-z]*\/([^:@]+)/
