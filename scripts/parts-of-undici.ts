import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'esbuild'

/** Where undici keeps what it exports. */
const places: Readonly<Record<string, string>> = {
  Agent: 'dispatcher/agent.js',
  Client: 'dispatcher/client.js',
  Dispatcher: 'dispatcher/dispatcher.js',
  Pool: 'dispatcher/pool.js',
  buildConnector: 'core/connect.js',
  errors: 'core/errors.js',
}

/**
 * Of undici, which is in CommonJS and so comes whole, what the sources import: a sixth of it. Where they import what is
 * not listed above, it comes whole.
 */
export function partsOfUndici(sources: string): Plugin {
  return {
    name: 'parts-of-undici',
    async setup({ onResolve, onLoad }) {
      const names = await findImported(sources)
      if (!names.every((name) => name in places)) return
      onResolve({ filter: /^undici$/ }, ({ importer }) =>
        importer.startsWith(sources) ? { path: 'undici', namespace: 'parts' } : null,
      )
      onLoad({ filter: /^undici$/, namespace: 'parts' }, () => ({
        contents: [
          // What undici's own index does.
          `import Dispatcher from 'undici/lib/dispatcher/dispatcher.js'`,
          `import methods from 'undici/lib/api/index.js'`,
          'Object.assign(Dispatcher.prototype, methods)',
          ...names.map((name) => `export { default as ${name} } from 'undici/lib/${places[name]}'`),
        ].join('\n'),
        resolveDir: sources,
      }))
    },
  }
}

async function findImported(sources: string): Promise<string[]> {
  const names = new Set<string>()
  for await (const file of glob('**/*.ts', { cwd: sources })) {
    const text = await readFile(join(sources, file), 'utf8')
    for (const [, what = ''] of text.matchAll(/^import (?!type )([^']*?) from 'undici'/gm)) {
      const listed = /^\{(.*)\}$/s.exec(what)?.[1]
      const parts = (listed ?? what).split(',').map((part) => part.trim())
      for (const part of parts) if (part !== '' && !part.startsWith('type ')) names.add(part)
    }
  }
  return [...names]
}
