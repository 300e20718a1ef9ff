import { TARGETS } from './runtime.ts'

const login = [
  'aws ecr get-login-password',
  'docker login --username AWS --password-stdin "${REPOSITORY%%/*}"',
].join(' | ')

const build = (target: string): string => {
  const image = `"$REPOSITORY:${target}-$TAG"`
  const known = `aws ecr describe-images --repository-name "$REPOSITORY_NAME" --image-ids imageTag=${target}-$TAG`
  const file = 'containers/agent/Dockerfile'
  return [
    `${known} > /dev/null 2>&1`,
    `{ docker build --file ${file} --target ${target} --tag ${image} . && docker push ${image}; }`,
  ].join(' || ')
}

/** What CodeBuild runs: each target is built and pushed unless its tag is there already. */
export const buildCommands: readonly string[] = [
  login,
  ...new Set(Object.values(TARGETS).map(build)),
]
