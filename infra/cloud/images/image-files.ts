import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IgnoreMode } from 'aws-cdk-lib'
import { Asset } from 'aws-cdk-lib/aws-s3-assets'
import type { Construct } from 'constructs'
import { ROOT } from '#infra/cloud/bundle.ts'

/** Names what `docker build` may see; the same file serves whoever builds by hand. */
const IGNORE = 'containers/agent/Dockerfile.dockerignore'

/** What the images are made of: the part of the repository that the Dockerfile may see. */
export class ImageFiles extends Asset {
  constructor(scope: Construct, id: string) {
    const lines = readFileSync(join(ROOT, IGNORE), 'utf8').split('\n')
    super(scope, id, {
      path: ROOT,
      ignoreMode: IgnoreMode.DOCKER,
      exclude: lines.filter((line) => line !== '' && !line.startsWith('#')),
    })
  }
}
