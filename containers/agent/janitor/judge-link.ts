import { posix } from 'node:path'
import { anchorKey } from './choose-anchor.ts'
import { locateTarget } from './locate-target.ts'
import type { Repository } from './repository.ts'

/** What a link turned out to be; `unsure` counts as checked and is never broken. */
export type Judgement =
  | { kind: 'outside' }
  | { kind: 'fine' }
  | { kind: 'unsure' }
  | { kind: 'no_file'; path: string; fragment: string | undefined }
  | { kind: 'no_anchor'; path: string; fragment: string }

/** Judges a link in `file` against what is in the repository. */
export function judgeLink(repository: Repository, file: string, url: string): Judgement {
  const target = locateTarget(file, url)
  if (!target) return { kind: 'outside' }
  const { path, rawPath, fragment } = target
  let standing = repository.standing(path)
  if (standing.kind === 'missing' && rawPath !== path) standing = repository.standing(rawPath)
  if (standing.kind === 'missing') {
    return isSiteRoute(repository, file, url, path)
      ? { kind: 'unsure' }
      : { kind: 'no_file', path, fragment }
  }
  if (standing.kind === 'unknown') return { kind: 'unsure' }
  if (standing.kind === 'folder' || !fragment || NO_HEADING.test(fragment)) return { kind: 'fine' }
  return judgeAnchor(repository, standing.path, fragment)
}

/** Whether a path is Markdown whose links and anchors GitHub's rules are for. */
export function isMarkdown(path: string): boolean {
  return /\.(?:md|markdown)$/i.test(path)
}

/** Lines of code, GitHub's own anchors, footnotes, text fragments. */
const NO_HEADING = /^L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?$|^(?:top|readme)$|^(?:user-content-)?fn|:~:/i

/** A page's address may be another than its file's name, where a generator makes a site of it. */
function isSiteRoute({ catalog }: Repository, file: string, url: string, path: string): boolean {
  const stem = path.replace(/\.html?$/i, '')
  const isPage = ['.md', '.markdown', '.mdx', '.rst', '.adoc'].some((end) =>
    catalog.files.has(stem + end),
  )
  if (isPage && (stem !== path || /\/(?:[?#]|$)/.test(url))) return true
  const isRoute = url.startsWith('/') || !posix.extname(path) || stem !== path
  return isRoute && isInSite(catalog.sites, file)
}

function isInSite(sites: readonly string[], file: string): boolean {
  return sites.some((site) => file.startsWith(site))
}

function judgeAnchor(repository: Repository, path: string, fragment: string): Judgement {
  const anchors = isMarkdown(path) ? repository.page(path)?.anchors() : undefined
  if (!anchors) return { kind: 'fine' }
  const name = plain(fragment.replace(/^user-content-/, ''))
  const names = anchors.flatMap((anchor) => anchor.names)
  if (names.some((known) => plain(known) === name)) return { kind: 'fine' }
  const isNear = names.some((known) => anchorKey(known) === anchorKey(name))
  // A generator may make other fragments of the same headings.
  if (isNear && isInSite(repository.catalog.sites, path)) return { kind: 'unsure' }
  return { kind: 'no_anchor', path, fragment }
}

/** Renderers differ in whether an emoji's invisible parts are kept. */
function plain(name: string): string {
  return name.normalize('NFC').replace(/[\uFE0F\u200D]/g, '')
}
