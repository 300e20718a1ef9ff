import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { findBroken } from '#containers/agent/janitor/find-broken.ts'
import { isMarkdown, judgeLink } from '#containers/agent/janitor/judge-link.ts'
import { locateTarget } from '#containers/agent/janitor/locate-target.ts'
import type { Pair } from '#containers/agent/janitor/pair.ts'
import { openRepository } from '#containers/agent/janitor/repository.ts'
import { mendAll } from './janitor.ts'
import { deadLinks } from './judge.ts'
import { commitAll, unpack } from './repository.ts'
import { seedBreaks, type Truth } from './seed.ts'

/** What came of one repository: a line for the table, and whatever is wrong. */
export type Measure = { line: string; complaints: string[] }

/** Has a package's links judged, mended and judged again; seeded ones against the known truth. */
export async function measure(name: string, isSeeded: boolean, folder: string): Promise<Measure> {
  const began = performance.now()
  const original = join(folder, encodeURIComponent(name))
  const root = `${original}${isSeeded ? '-seeded' : '-plain'}`
  if (!isSeeded) {
    await unpack(name, `${original}-cache`, original)
    await commitAll(original, 'Begin')
  }
  await cp(original, root, { recursive: true })
  const truths = isSeeded ? await seedBreaks(root) : []
  const before = await compare(root)
  const mended = await mendAll(root)
  const after = await compare(root)
  const wrong = mended.filter(
    (pair) => isWrong(pair, truths) || after.dead.has(key(pair.file, pair.to)),
  )
  const answerable = truths.filter(
    ({ file, url, target }) => target !== undefined && before.broken.has(key(file, url)),
  )
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const unanswerable = truths.filter(
    ({ file, url, target }) => target === undefined && before.broken.has(key(file, url)),
  )
  const seeded = isSeeded
    ? `, seeded ${answerable.length} with an answer and ${unanswerable.length} without`
    : ''
  return {
    line:
      `${name}${isSeeded ? ' with breaks' : ''}: ${before.checked} links; broken: judge ${before.dead.size}, ` +
      `janitor ${before.broken.size}${seeded}, out of scope ${before.unsure}; mended ${mended.length}, left ${after.broken.size}, ` +
      `wrongly mended ${wrong.length} (${seconds} s)`,
    complaints: [
      ...before.disagreements,
      ...after.disagreements,
      ...wrong.map((pair) => `wrongly mended: ${pair.file}: ${pair.from} => ${pair.to}`),
    ],
  }
}

function key(file: string, url: string): string {
  return `${file}: ${url}`
}

/** Compares what the janitor finds with what the judge finds; what has no reason is a disagreement. */
async function compare(root: string) {
  const repository = await openRepository(root)
  const { checked, links } = await findBroken(repository)
  const broken = new Set(links.map(({ file, url }) => key(file, url)))
  const dead = new Set<string>()
  const disagreements: string[] = []
  let unsure = 0
  for (const { file, url } of await deadLinks(
    root,
    [...repository.catalog.files].filter(isMarkdown),
  )) {
    const { kind } = judgeLink(repository, file, url)
    // An empty fragment is the top of the page; what is unsure to the janitor it leaves alone.
    if (url === '#' || kind === 'outside' || kind === 'unsure') {
      unsure += 1
      continue
    }
    dead.add(key(file, url))
    if (!broken.has(key(file, url))) disagreements.push(`only the judge: ${key(file, url)}`)
  }
  for (const link of broken) if (!dead.has(link)) disagreements.push(`only the janitor: ${link}`)
  return { checked, broken, dead, unsure, disagreements }
}

function isWrong({ file, from, to }: Pair, truths: readonly Truth[]): boolean {
  const truth = truths.find((it) => it.file === file && it.url === from)
  if (!truth) return false
  const target = locateTarget(file, to)
  return truth.target !== `${target?.path}${target?.fragment ? `#${target.fragment}` : ''}`
}
