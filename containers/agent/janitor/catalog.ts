import { posix } from 'node:path'

/** The tracked paths of a repository, ready to be searched. */
export type Catalog = {
  files: ReadonlySet<string>
  folders: ReadonlySet<string>
  /** Files and folders by their path in lower case, composed. */
  byFolded: ReadonlyMap<string, readonly string[]>
  /** Files by their base name. */
  byName: ReadonlyMap<string, readonly string[]>
  /** Files by the folder that they are in; the root is ''. */
  byFolder: ReadonlyMap<string, readonly string[]>
  /** Folders whose Markdown a site generator turns into pages, with rules of its own. */
  sites: readonly string[]
}

/** Builds the catalog of the given files; paths are relative to the root and use `/`. */
export function catalogOf(files: readonly string[]): Catalog {
  const folders = new Set<string>()
  const byFolded = new Map<string, string[]>()
  const byName = new Map<string, string[]>()
  const byFolder = new Map<string, string[]>()
  const sites = new Set<string>()
  for (const file of files) {
    add(byFolded, fold(file), file)
    add(byName, posix.basename(file), file)
    add(byFolder, folderOf(file), file)
    for (let above = folderOf(file); above && !folders.has(above); above = folderOf(above)) {
      folders.add(above)
      add(byFolded, fold(above), above)
    }
    const marker = SITE_MARKER.exec(file)
    if (marker) sites.add(file.slice(0, marker.index))
  }
  return { files: new Set(files), folders, byFolded, byName, byFolder, sites: [...sites] }
}

/** The folder of a path; '' for the root. */
export function folderOf(path: string): string {
  const folder = posix.dirname(path)
  return folder === '.' ? '' : folder
}

/** A path as a file system that ignores case sees it. */
export function fold(path: string): string {
  return path.normalize('NFC').toLowerCase()
}

const SITE_MARKER =
  /(?:^|(?<=\/))(?:(?:docusaurus|astro|eleventy|gatsby|next|nuxt)[.-]config\.\w+|\.eleventy\.c?js|mkdocs\.ya?ml|_config\.ya?ml|hugo\.(?:toml|ya?ml|json)|book\.toml|antora\.yml|conf\.py|_sidebar\.md|SUMMARY\.md|docs\.json|mint\.json|\.(?:vitepress|vuepress)\/.*)$/

function add(index: Map<string, string[]>, key: string, path: string): void {
  const paths = index.get(key)
  if (paths) paths.push(path)
  else index.set(key, [path])
}
