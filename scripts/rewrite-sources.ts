import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import type { Plugin } from 'esbuild'

/** @param place of the file below `dist`, if each had one of its own. */
type Rewrite = (text: string, place: string) => string

/** What a source says otherwise in a bundle. */
export function rewriteSources(sources: string, ...rewrites: readonly Rewrite[]): Plugin {
  return {
    name: 'rewrite-sources',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const place = relative(sources, path).replace(/\.ts$/, '.js')
        if (place.startsWith('..')) return null
        const text = await readFile(path, 'utf8')
        return { contents: rewrites.reduce((said, rewrite) => rewrite(said, place), text), loader: 'ts' }
      })
    },
  }
}

/** `import.meta.url` stays what it would be if each module had a file of its own, at the same way from `dist` as from `src`. */
export const placesAsInSources: Rewrite = (text, place) =>
  text.replaceAll('import.meta.url', `new URL(${JSON.stringify(`./${place}`)}, import.meta.url).href`)

/**
 * A script imports no modules: whoever runs it does that for it.
 *
 * @param packages is told those that the sources import by `import()`. They are looked for in a folder of their own.
 */
export function importsByRunner(packages: Set<string>): Rewrite {
  return (text) =>
    text
      .replaceAll(/(?<!typeof )\bimport\('([^'.][^']*)'\)/g, (_, name: string) => {
        packages.add(name)
        return `importModule('./packages/${name}.js')`
      })
      .replaceAll(/(?<!typeof )\bimport\((?=\w)/g, 'importModule(')
}
