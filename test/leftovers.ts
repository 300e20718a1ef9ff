import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A suite's temporary folder: all tests make theirs below it. After the suite it must be empty, and
 * no process may have it in its environment or command.
 */
export const setup = () => {
  const outer = tmpdir()
  const folder = mkdtempSync(join(outer, 'vigil-suite-'))
  chmodSync(folder, 0o755) // Tests that run as another user reach theirs.
  process.env.TMPDIR = folder
  return () => {
    process.env.TMPDIR = outer
    const left = [...readdirSync(folder), ...processesWith(folder)]
    rmSync(folder, { recursive: true, force: true })
    if (left.length > 0) throw new Error(`left behind:\n  ${left.join('\n  ')}`)
  }
}

const processesWith = (folder: string): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
        const ours = command.includes(folder) || environment.includes(`${folder}/`)
        return ours ? [`process ${pid}: ${command}`] : []
      } catch {
        return []
      }
    })
