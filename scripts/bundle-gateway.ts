import { createHash } from 'node:crypto'
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'
import { leaveOut } from './leave-out.ts'
import { partsOfUndici } from './parts-of-undici.ts'
import { importsByRunner, placesAsInSources, rewriteSources } from './rewrite-sources.ts'

/**
 * The gateway and all packages that it needs, in few files: to find and read some 1,900 modules takes longer than to run
 * them.
 */
export async function bundleGateway(root: string, folder: string): Promise<Metafile[]> {
  const packages = new Set<string>()
  const program = await bundleProgram(root, folder, packages)
  return [program, await bundleModules(root, folder, packages)]
}

/**
 * The commands and the gateway as one script, as V8 keeps of a script what it has compiled while it ran, and of a module
 * not (`bin/run-program.js`). What the sources import by `import()` is in it, and begins to run when it is asked for.
 *
 * @param packages is told those that the sources import by `import()`: they stay modules.
 */
async function bundleProgram(root: string, folder: string, packages: Set<string>): Promise<Metafile> {
  const sources = join(root, 'src')
  const { metafile, outputFiles } = await build({
    ...options,
    absWorkingDir: root,
    outdir: folder,
    entryPoints: ['src/main.ts'],
    format: 'cjs',
    write: false,
    banner: {
      js: `(function(require,importModule,__filename,__dirname){"use strict";const ${ownUrl}=${toOwnUrl};`,
    },
    footer: { js: '})' },
    define: { ...options.define, 'import.meta.url': ownUrl },
    plugins: [
      rewriteSources(sources, placesAsInSources, importsByRunner(packages)),
      partsOfUndici(sources),
      leaveOut,
      requiresOfNode,
    ],
  })
  await mkdir(folder, { recursive: true })
  for (const { path, text } of outputFiles) {
    // Its name for who keeps something of it. V8 itself only compares how long it is.
    const digest = createHash('sha256').update(text).digest('hex').slice(0, 16)
    await writeFile(path, `/*${digest}*/${text}`)
  }
  return metafile
}

/** What is imported by its name from elsewhere: what plug-ins import, the programs of threads, and packages. */
async function bundleModules(root: string, folder: string, packages: ReadonlySet<string>): Promise<Metafile> {
  const sources = join(root, 'src')
  const own = ['contract/index.ts', 'conformance/index.ts', ...(await findWorkers(sources))]
  const { metafile } = await build({
    ...options,
    absWorkingDir: root,
    outdir: folder,
    entryPoints: Object.fromEntries([
      ...own.map((file) => [file.replace(/\.ts$/, ''), join(sources, file)]),
      ...[...packages].map((name) => [`packages/${name}`, name]),
    ]),
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    // Packages in CommonJS require Node's own modules.
    banner: {
      js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
    },
    plugins: [rewriteSources(sources, placesAsInSources), leaveOut],
  })
  return metafile
}

async function findWorkers(sources: string): Promise<string[]> {
  const files: string[] = []
  for await (const file of glob('**/*-worker.ts', { cwd: sources })) files.push(file)
  return files
}

const ownUrl = 'urlOfBundle'
const toOwnUrl = 'require("node:url").pathToFileURL(__filename).href'

const options = {
  bundle: true,
  // A part of the memory that a gateway takes is the text of its code.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 160,
  platform: 'node',
  target: 'node24',
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
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
} satisfies BuildOptions

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
