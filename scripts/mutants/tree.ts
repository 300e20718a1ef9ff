import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Mutant } from './mutant.ts'

/** A copy of the project that may be broken. */
export interface Tree {
  readonly folder: string
  /** Does something while a mutant is in the tree; throws an error when a text of it is not there once. */
  within<T>(mutant: Mutant, work: () => Promise<T>): Promise<T>
  remove(): void
}

/** Copies what git knows or would take; packages are those of the project itself. */
export const copyTree = (root: string): Tree => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-mutants-'))
  const listed = execFileSync('git', ['ls-files', '-coz', '--exclude-standard'], { cwd: root })
  for (const path of listed.toString().split('\0').filter(Boolean)) {
    if (!existsSync(join(root, path))) continue
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(join(root, path), join(folder, path), { verbatimSymlinks: true })
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return {
    folder,
    within: async (mutant, work) => {
      const path = join(folder, mutant.file)
      const text = readFileSync(path, 'utf8')
      writeFileSync(path, mutated(text, mutant))
      try {
        return await work()
      } finally {
        writeFileSync(path, text)
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A file's text with a mutant in it. Throws an error when a text of it is not there once. */
export const mutated = (text: string, { name, file, edits }: Mutant): string =>
  edits.reduce((before, [from, to]) => {
    const found = before.split(from).length - 1
    if (found !== 1) throw new Error(`${name}: ${file} has ${found} times: ${from.trim()}`)
    return before.replace(from, () => to)
  }, text)
