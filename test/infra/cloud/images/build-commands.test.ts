import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildCommands } from '#infra/cloud/images/build-commands.ts'
import { TARGETS } from '#infra/cloud/images/runtime.ts'
import { scratch } from '#test/infra/cloud/scratch.ts'

/** Runs the commands in one shell, as CodeBuild does, with an `aws` that knows the given tags. */
const build = (tags: string[], docker = 'exit 0') => {
  const folder = scratch()
  const log = join(folder, 'log')
  const program = (name: string, body: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >> ${log}\n${body}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  const known = tags.map((tag) => `*imageTag=${tag}*) exit 0;;`).join(' ')
  program('aws', `case "$*" in *get-login-password*) echo secret;; ${known} *) exit 254;; esac`)
  program('docker', `[ "$1" = login ] && cat > /dev/null\n${docker}`)
  const env = {
    PATH: `${folder}:/usr/bin:/bin`,
    REPOSITORY: '1.dkr.ecr.eu-west-1.amazonaws.com/vigil',
    REPOSITORY_NAME: 'vigil',
    TAG: 'abc',
  }
  const script = buildCommands.map((command) => `${command} || exit 1`).join('\n')
  execFileSync('bash', ['-c', script], { env, stdio: 'pipe' })
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('docker '))
}

const REPOSITORY = '1.dkr.ecr.eu-west-1.amazonaws.com/vigil'

test('each target is built and pushed under its tag', () => {
  const file = '--file containers/agent/Dockerfile'
  expect(build([])).toEqual([
    'docker login --username AWS --password-stdin 1.dkr.ecr.eu-west-1.amazonaws.com',
    `docker build ${file} --target janitor --tag ${REPOSITORY}:janitor-abc .`,
    `docker push ${REPOSITORY}:janitor-abc`,
    `docker build ${file} --target claude --tag ${REPOSITORY}:claude-abc .`,
    `docker push ${REPOSITORY}:claude-abc`,
  ])
})

test('an image that is there is left alone, for its tag cannot move', () => {
  expect(build(['janitor-abc', 'claude-abc'])).toHaveLength(1)
})

test('a build that fails fails the deploy', () => {
  expect(() => build([], '[ "$1" != build ]')).toThrow()
})

test('the Dockerfile has every target', () => {
  const dockerfile = readFileSync('containers/agent/Dockerfile', 'utf8')
  for (const target of Object.values(TARGETS))
    expect(dockerfile).toMatch(new RegExp(`^FROM supervisor AS ${target}$`, 'm'))
})
