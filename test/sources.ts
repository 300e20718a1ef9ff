import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the project. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** A file of the project. */
export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly lines: number
}

/** Files that git knows or would take, by where they are and how they end. */
export const sources = (folders: readonly string[], ending = '.ts'): SourceFile[] =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', ...folders], { cwd: ROOT })
    .toString()
    .split('\n')
    .filter((path) => path.endsWith(ending) && existsSync(join(ROOT, path)))
    .map((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8')
      return { path, text, lines: text.trimEnd().split('\n').length }
    })

/** What a file imports of the project, as paths from the root. */
export const importsOf = ({ path, text }: SourceFile): string[] =>
  [...text.matchAll(/(?:from|import) '([#.][^']+)'/g)].map(([, specifier = '']) =>
    specifier.startsWith('#') ? specifier.slice(1) : join(dirname(path), specifier),
  )

/** `OpenAttempt` → `open-attempt`. */
export const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter, index) => `${index > 0 ? '-' : ''}${letter.toLowerCase()}`)

/** `OpenAttempt` → `openAttempt`. */
export const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)
