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
const own = join(root, 'node_modules', '.package-lock.json')
const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') === lock : sameAsLock()

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

/** What npm itself wrote down, where somebody ran `npm ci` by hand: every package of the lock file. */
function sameAsLock() {
  if (!existsSync(own)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const found = JSON.parse(readFileSync(own, 'utf8')).packages
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || found[path]?.version === version,
  )
}
