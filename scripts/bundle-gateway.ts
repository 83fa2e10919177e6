import { glob, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'
import { leaveOut } from './leave-out.ts'
import { partsOfUndici } from './parts-of-undici.ts'

/**
 * The gateway and all packages that it needs, in few files: to find and read some 1,900 modules takes longer than to run
 * them. What is imported by `import()` alone stays in files of its own, and is not read before it is needed.
 */
export async function bundleGateway(root: string, folder: string): Promise<Metafile> {
  const sources = join(root, 'src')
  const { metafile } = await build({
    ...options,
    absWorkingDir: root,
    outdir: folder,
    outbase: 'src',
    entryPoints: [...entryPoints, ...(await findWorkers(root))],
    plugins: [placesAsInSources(sources), partsOfUndici(sources), leaveOut, requiresOfNode],
  })
  return metafile
}

/** What is run or imported by its name: the commands, and what plug-ins import. */
const entryPoints = ['src/main.ts', 'src/contract/index.ts', 'src/conformance/index.ts']

/** The programs of threads. */
async function findWorkers(root: string): Promise<string[]> {
  const files: string[] = []
  for await (const file of glob('src/**/*-worker.ts', { cwd: root })) files.push(file)
  return files
}

const options = {
  bundle: true,
  splitting: true,
  // A part of the memory that a gateway takes is the text of its code.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 160,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  chunkNames: '[name]-[hash]',
  // One GraphQL: the libraries that require it get what the others import.
  mainFields: ['module', 'main'],
  external: [
    // Never there, and asked for by `pg`.
    'pg-native',
    // Fastify's, and never asked for: no route has a schema, and nothing is injected.
    '@fastify/ajv-compiler',
    '@fastify/fast-json-stringify-compiler',
    'light-my-request',
  ],
  define: { 'process.env.NODE_ENV': '"production"' },
  // Packages in CommonJS require Node's own modules.
  banner: {
    js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
  },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
} satisfies BuildOptions

/** `import.meta.url` stays what it would be if each module had a file of its own, at the same way from `dist` as from `src`. */
function placesAsInSources(sources: string): Plugin {
  return {
    name: 'places-as-in-sources',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const place = relative(sources, path).replace(/\.ts$/, '.js')
        const text = await readFile(path, 'utf8')
        if (place.startsWith('..') || !text.includes('import.meta.url')) return null
        const url = `new URL(${JSON.stringify(`./${place}`)}, import.meta.url).href`
        return { contents: text.replaceAll('import.meta.url', url), loader: 'ts' }
      })
    },
  }
}

/** Apollo's hash hides Node's own from bundlers, and would fall back to one in JavaScript. */
const requiresOfNode: Plugin = {
  name: 'requires-of-node',
  setup({ onLoad }) {
    onLoad({ filter: /@apollo\/utils\.createhash\/.*\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      return { contents: text.replaceAll('module.require', 'require') }
    })
  },
}
