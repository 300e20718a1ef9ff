import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { entries } from './handlers.ts'

/** The repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Bundles every function into a folder of its own below `folder`, as `index.mjs` with the SDK in
 * it, so that what runs is what was tested; answers the bytes of each.
 */
export const bundle = async (folder: string): Promise<Readonly<Record<string, number>>> => {
  const modules: Readonly<Record<string, string>> = entries()
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: Object.keys(modules).map((name) => ({
      in: `entry:${name}`,
      out: `${name}/index`,
    })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    metafile: true,
    // Some dependencies are CommonJS and ask for Node's own modules by require.
    banner: {
      js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
    },
    plugins: [entryModules(modules), withoutLocales],
  })
  const sizes = Object.entries(metafile.outputs).map(([path, { bytes }]): [string, number] => [
    path.split('/').at(-2) ?? path,
    bytes,
  ])
  return Object.fromEntries(sizes)
}

const entryModules = (modules: Readonly<Record<string, string>>): Plugin => ({
  name: 'entry-modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^entry:/ }, ({ path }) => ({ path: path.slice(6), namespace: 'entry' }))
    onLoad({ filter: /.*/, namespace: 'entry' }, ({ path }) => ({
      contents: modules[path] ?? '',
      resolveDir: ROOT,
      loader: 'ts',
    }))
  },
})

/** zod carries its messages in fifty languages, a quarter of each bundle; it loads English by itself. */
const withoutLocales: Plugin = {
  name: 'without-locales',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /locales\/index\.js$/ }, ({ importer, path }) =>
      importer.includes('/node_modules/zod/') ? { path, namespace: 'locales' } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'locales' }, () => ({ contents: 'export {}' }))
  },
}
