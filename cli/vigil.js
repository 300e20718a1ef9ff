#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Runs the command line with the Node that the package brings: the user's own may be older.
const here = dirname(fileURLToPath(import.meta.url))
const own = join(here, '..', 'node_modules', '.bin', 'node')
const [major = 0] = process.versions.node.split('.').map(Number)
if (!existsSync(own) && major < 24) {
  process.stderr.write('vigil: run `npm ci` first: it brings the Node that Vigil needs\n')
  process.exit(2)
}
const node = existsSync(own) ? own : process.execPath
const main = join(here, 'main.ts')
const child = spawn(
  node,
  ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
