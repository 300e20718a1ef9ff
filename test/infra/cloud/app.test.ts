import { execFile } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { PlaneSettings } from '#core/settings.ts'
import { entries } from '#infra/cloud/handlers.ts'
import { scratch } from './scratch.ts'

const run = promisify(execFile)
const NODE = resolve('node_modules/.bin/node')
const folder = scratch()
const bundles = join(folder, 'bundles')

// No home, no credentials, no region, and a PATH on which there is no Docker.
beforeAll(() =>
  run(NODE, ['infra/cloud/app.ts'], { env: { PATH: '/nonexistent', CDK_OUTDIR: folder } }),
)

test('the app synthesizes with an empty environment', () => {
  expect(readdirSync(folder)).toContain('Vigil.template.json')
})

test('every function has a bundle below a megabyte', () => {
  expect(readdirSync(bundles).sort()).toEqual(Object.keys(entries()).sort())
  for (const name of readdirSync(bundles)) {
    expect(readdirSync(join(bundles, name)), name).toEqual(['index.mjs'])
    expect(statSync(join(bundles, name, 'index.mjs')).size, name).toBeLessThan(1_000_000)
  }
})

test('every bundle loads with the variables of its function and has a handler', async () => {
  const given = Object.keys(PlaneSettings.shape).map((name) => [name, 'x'])
  const env = {
    ...Object.fromEntries(given),
    VIGIL_IMAGES: '{}',
    VIGIL_PUBLIC_IP: 'true',
    VIGIL_RUNS_AT_ONCE: '1',
    VIGIL_SANDBOX: 'container',
    AWS_REGION: 'eu-west-1',
  }
  const load = `for (const name of process.argv.slice(1))
    console.log(name, typeof (await import(\`${bundles}/\${name}/index.mjs\`)).handler)`
  const names = Object.keys(entries())
  const { stdout } = await run(NODE, ['--input-type=module', '-e', load, ...names], { env })
  expect(stdout.trim().split('\n')).toEqual(names.map((name) => `${name} function`))
})
