import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'

/** A relative link that the judge holds for dead. */
export type DeadLink = { file: string; url: string }

/**
 * An independent judge of links: markdown-link-check, with a parser and slugs of its own. Answers
 * the dead relative links of the files. It doesn't look for anchors in other files, so these are
 * put to it once more, as links within the file that they lead to.
 */
export async function deadLinks(root: string, files: readonly string[]): Promise<DeadLink[]> {
  const dead: DeadLink[] = []
  const elsewhere = new Map<string, (DeadLink & { hash: string })[]>()
  for (const file of files) {
    for (const { link, status } of await judge(root, file, [])) {
      const url = link.replace(`${pathToFileURL(root).href}/`, '/')
      if (status === 'dead' || status === 'error') dead.push({ file, url })
      const anchor = status === 'alive' ? anchorElsewhere(root, file, link) : undefined
      if (!anchor) continue
      const asked = elsewhere.get(anchor.target) ?? []
      elsewhere.set(anchor.target, [...asked, { file, url, hash: anchor.hash }])
    }
  }
  for (const [target, asked] of elsewhere) {
    const results = await judge(root, target, [...new Set(asked.map(({ hash }) => hash))])
    const gone = new Set(results.filter(({ status }) => status === 'dead').map(({ link }) => link))
    dead.push(...asked.filter(({ hash }) => gone.has(hash)))
  }
  return dead
}

const check = promisify(createRequire(import.meta.url)('markdown-link-check'))
const Results = z.array(z.object({ link: z.string(), status: z.string() }))
const ABSOLUTE = /^(?!file:)[a-z][a-z0-9+.-]*:|^\/\//i

async function judge(root: string, file: string, probes: readonly string[]) {
  const text = await readFile(join(root, file), 'utf8').catch(() => '')
  const asked = probes.map((hash) => `\n\n[probe](${hash})`).join('')
  return Results.parse(
    await check(withinItsLimits(text) + asked, {
      baseUrl: `${pathToFileURL(join(root, dirname(file))).href}/`,
      ignorePatterns: [{ pattern: ABSOLUTE }],
      projectBaseUrl: pathToFileURL(root).href,
      replacementPatterns: [{ pattern: /^\//, replacement: '{{BASEURL}}/' }],
    }),
  )
}

/**
 * The judge finds headings and ids by patterns, and of the definitions only those in use: what
 * these miss is written as they expect it, and each definition is used at the end.
 */
function withinItsLimits(text: string): string {
  const labels = [...text.matchAll(/^ {0,3}\[(?!\^)([^\]]+)\]:/gm)].map(([, label]) => `[${label}]`)
  const headings = text.replace(/^#+ .*$/gm, (heading) =>
    heading.replace(/\[([^\]]*)\]\[[^\]]*\]/g, '$1').replace(/(^| )_(\w+)_(?= |$)/g, '$1$2'),
  )
  const ids = headings.replace(/(<\w+[^>]*\s(?:id|name)=)([\w-]+)(?=[\s>])/g, '$1"$2"')
  return `${ids}\n\n${labels.join('\n\n')}`
}

function anchorElsewhere(root: string, file: string, link: string) {
  const url = new URL(link, pathToFileURL(join(root, file)))
  const isAsked = !link.startsWith('#') && url.hash.length > 1 && !/^#L\d/.test(url.hash)
  if (!isAsked || !/\.(?:md|markdown)$/i.test(url.pathname)) return undefined
  return { target: relative(root, fileURLToPath(`file://${url.pathname}`)), hash: url.hash }
}
