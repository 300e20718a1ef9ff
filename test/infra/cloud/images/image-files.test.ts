import { execFile } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { App, Stack } from 'aws-cdk-lib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { ImageFiles } from '#infra/cloud/images/image-files.ts'
import { scratch } from '#test/infra/cloud/scratch.ts'

const app = new App({ outdir: scratch() })
const { assetPath } = new ImageFiles(new Stack(app, 'Stack'), 'Files')
const files = join(app.outdir, assetPath)
const dockerfile = readFileSync('containers/agent/Dockerfile', 'utf8')

test('the image is made of what the Dockerfile copies, and nothing else', () => {
  const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, from = '']) =>
    from.split(' '),
  )
  expect(readdirSync(files).sort()).toEqual(
    [...new Set(copied.map((path) => path.split('/')[0]))].sort(),
  )
  expect(readdirSync(join(files, 'functions'))).toEqual(['store'])
})

test('nothing of a developer’s machine gets into the image', () => {
  const names = readdirSync(files, { recursive: true, encoding: 'utf8' })
  expect(names.filter((name) => /node_modules|\.git(\/|$)|cdk\.out|\.env/.test(name))).toEqual([])
})

test('the supervisor starts from these files: it gets as far as its settings', async () => {
  const image = scratch()
  cpSync(files, image, { recursive: true })
  symlinkSync(resolve('node_modules'), join(image, 'node_modules'))
  const main = join(image, 'containers/agent/main.ts')
  const started = promisify(execFile)(resolve('node_modules/.bin/node'), [main], { env: {} })
  await expect(started).rejects.toThrow(/settings: VIGIL_ATTEMPT/)
})

test('the image’s npm packages are dependencies that are there without development ones', async () => {
  const { metafile } = await build({
    entryPoints: ['containers/agent/main.ts', 'containers/agent/janitor/main.ts'],
    bundle: true,
    write: false,
    outdir: 'unused',
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  })
  const imported = Object.values(metafile.inputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, path }) => external && !path.startsWith('node:'))
    .map(({ path }) =>
      path
        .split('/')
        .slice(0, path.startsWith('@') ? 2 : 1)
        .join('/'),
    )
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(imported.length).toBeGreaterThan(0)
  for (const name of imported) expect(dependencies).toHaveProperty([name])
})

test('the image has the Node of development', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(dockerfile).toContain(`ARG NODE=${dependencies.node}\n`)
})
