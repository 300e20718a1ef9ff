import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { editDestinations } from '#containers/agent/janitor/edit-destinations.ts'
import { judgeLink } from '#containers/agent/janitor/judge-link.ts'
import { locateTarget } from '#containers/agent/janitor/locate-target.ts'
import { pageOf } from '#containers/agent/janitor/page.ts'
import { openRepository } from '#containers/agent/janitor/repository.ts'
import { commitAll } from './repository.ts'

/** A link whose true target is known: a path with its fragment; undefined when none is certain. */
export type Truth = { file: string; url: string; target: string | undefined }

/**
 * Breaks links of a repository in known ways, and says where each link should lead: files moved
 * before the history begins, files renamed and files deleted in it, destinations misspelled. Beside
 * some of the moved and all of the deleted files stands a tempting other one of the same name.
 */
export async function seedBreaks(root: string): Promise<Truth[]> {
  const links = await validLinks(root)
  const isPage = (path: string) => /\.(?:md|markdown)$/i.test(path) && path.includes('/')
  const pages = [...new Set(links.map(({ path }) => path))].filter(isPage).sort()
  const fate = (nth: number) =>
    pages.filter((_, index) => index % 5 === nth).slice(0, MOST_OF_A_KIND)
  const moved = fate(0).map((path) => [path, join('elsewhere', basename(path))] as const)
  const renamed = fate(1).map((path) => [path, join('renamed', `page-${basename(path)}`)] as const)
  const deleted = new Set(fate(2).slice(0, 2))
  const twins = moved.filter((_, index) => index % 2 === 1).map(([from]) => from)
  await move(root, moved)
  await tempt(root, [...twins, ...deleted])
  await rm(join(root, '.git'), { recursive: true, force: true })
  await commitAll(root, 'Begin')
  await move(root, renamed)
  for (const path of deleted) await rm(join(root, path))
  await commitAll(root, 'Rename and delete')

  const names = new Map([...moved, ...renamed])
  const unanswerable = new Set([...twins, ...deleted])
  const truths = links
    .filter(({ file }) => !deleted.has(file))
    .map(({ file, url, path, fragment }) => ({
      file: names.get(file) ?? file,
      url,
      target: unanswerable.has(path) ? undefined : (names.get(path) ?? path) + fragment,
    }))
  const touched = new Set([...names.keys(), ...names.values(), ...deleted])
  const misspelled = await misspell(
    root,
    truths.filter(({ file, target }) => target && !touched.has(file) && !touched.has(target)),
  )
  await commitAll(root, 'Misspell')
  return [...truths, ...misspelled]
}

const MOST_OF_A_KIND = 6

async function validLinks(root: string) {
  const repository = await openRepository(root)
  return [...repository.catalog.files].flatMap((file) => {
    const links = /\.(?:md|markdown)$/i.test(file) ? (repository.page(file)?.links() ?? []) : []
    const urls = [...new Set(links.map(({ url }) => url))]
    return urls.flatMap((url) => {
      const target = locateTarget(file, url)
      if (!target || judgeLink(repository, file, url).kind !== 'fine') return []
      return [
        { file, url, path: target.path, fragment: target.fragment ? `#${target.fragment}` : '' },
      ]
    })
  })
}

async function move(root: string, moves: readonly (readonly [string, string])[]): Promise<void> {
  for (const [from, to] of moves) {
    await mkdir(dirname(join(root, to)), { recursive: true })
    await rename(join(root, from), join(root, to))
  }
}

async function tempt(root: string, paths: readonly string[]): Promise<void> {
  await mkdir(join(root, 'tempting'), { recursive: true })
  for (const path of paths) {
    await writeFile(join(root, 'tempting', basename(path)), '# Another page of that name\n')
  }
}

const SPELLINGS: readonly ((url: string) => string)[] = [
  (url) => url.replace(/#.+$/, (fragment) => fragment.toUpperCase()),
  (url) => url.replace(/#.+$/, (fragment) => fragment.replaceAll('-', '_')),
  (url) => url.replace(/[^/#]+(?=\.md)/, (stem) => stem.toUpperCase()),
  (url) => url.replace(/\.md(?=#|$)/, ''),
  (url) => url.replace(/[^/#]+(?=\.md)/, (stem) => stem.replaceAll('-', '_')),
  (url) => url.replace(/([^/#]{5,})(?=\.md)/, (stem) => stem.slice(0, 2) + stem.slice(3)),
  (url) => url.replace(/(?<=\/)[^/#]+(?=\/)/, (folder) => folder.toUpperCase()),
]

/** Misspells every third link in its turn's way; a link that the way leaves alone stays. */
async function misspell(root: string, truths: readonly Truth[]): Promise<Truth[]> {
  const misspelled: Truth[] = []
  for (const [index, { file, url, target }] of truths.entries()) {
    const written = SPELLINGS[(index / 3) % SPELLINGS.length]?.(url)
    if (written === undefined || written === url || extname(file) === '') continue
    const path = join(root, file)
    const page = pageOf(await readFile(path, 'utf8'))
    const edited = editDestinations(page, new Map([[url, written]]))
    if (edited === undefined || page.links().some((link) => link.url === written)) continue
    await writeFile(path, edited)
    misspelled.push({ file, url: written, target })
  }
  return misspelled
}
