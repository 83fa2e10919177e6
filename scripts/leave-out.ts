import type { Plugin } from 'esbuild'

/** Undici's other parsers: Milo is an experiment that is off, and the one without SIMD is for machines that lack it. */
const otherParsers = /^\.\.\/(milo\/(no-)?simd|llhttp\/llhttp-wasm)\.js$/

/**
 * What packages carry along and a gateway never runs. Undici's other parsers stay in its package, and are read from there
 * where they are asked for after all.
 */
export const leaveOut: Plugin = {
  name: 'leave-out',
  setup({ onResolve, resolve }) {
    onResolve({ filter: otherParsers }, ({ path, importer }) =>
      importer.includes('/undici/lib/') ? { path: path.replace('..', 'undici/lib'), external: true } : null,
    )
    // A second GraphQL, in CommonJS, for who imports a part of it by its path.
    onResolve({ filter: /^graphql\/[a-z/]+$/i }, ({ path, resolveDir }) =>
      resolve(`${path}.mjs`, { resolveDir, kind: 'import-statement' }),
    )
  },
}
