import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type BuildOptions, build, type Metafile } from 'esbuild'

/** GraphiQL with all it needs, fonts and workers among them, as files that ask no other host for anything. */
export async function bundleGraphiql(root: string, folder: string): Promise<readonly Metafile[]> {
  const options = {
    absWorkingDir: root,
    outdir: folder,
    bundle: true,
    minify: true,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.ttf': 'file', '.graphql': 'text' },
    legalComments: 'none',
    logLevel: 'warning',
  } satisfies BuildOptions

  const workers = await build({
    ...options,
    entryPoints: {
      'editor-worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
      'json-worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
      'graphql-worker': 'monaco-graphql/esm/graphql.worker.js',
    },
  })
  const urls = {
    editor: findUrl(workers.metafile, /editor-worker-.*\.js$/),
    json: findUrl(workers.metafile, /json-worker-.*\.js$/),
    graphql: findUrl(workers.metafile, /graphql-worker-.*\.js$/),
  }
  const client = await build({
    ...options,
    entryPoints: { client: 'src/graphql/graphiql/client.js' },
    splitting: true,
    define: { WORKERS: JSON.stringify(urls) },
  })
  const page = await readFile(join(root, 'src/graphql/graphiql/index.html'), 'utf8')
  const html = page
    .replace('CLIENT_CSS', findUrl(client.metafile, /client-.*\.css$/))
    .replace('CLIENT_JS', findUrl(client.metafile, /client-.*\.js$/))
  await writeFile(join(folder, 'index.html'), html)
  return [workers.metafile, client.metafile]
}

function findUrl(metafile: Metafile, pattern: RegExp): string {
  const file = Object.keys(metafile.outputs).find((path) => pattern.test(path))
  if (file === undefined) throw new Error(`esbuild wrote no file that matches ${pattern}.`)
  // As seen from the page, which may lie below the path of a proxy.
  return `graphiql/${basename(file)}`
}
