import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Runs before `npm start` and `npm test` with whatever Node there is: installs what the lock file
// names, once. Everything it says goes to stderr, for stdout may be read by a program.
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')
const stamp = join(root, 'node_modules', '.vigil-lock')
const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock

if (!installed) {
  process.stderr.write('Installing dependencies, once (about half a minute) …\n')
  const npm = process.env.npm_execpath
  const [program, ...args] = npm ? [process.execPath, npm] : ['npm']
  const { status } = spawnSync(program, [...args, 'ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) {
    process.stderr.write('npm ci failed; see above.\n')
    process.exit(status ?? 1)
  }
  writeFileSync(stamp, lock)
}
